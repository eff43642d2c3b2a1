//! Sessions of the panel. A session is stored under the digest of the key in the cookie.

use super::app::App;
use super::{Outcome, ServiceError, View};
use auth::accounts::{self, Account};
use db::Tx;
use domain::chance;
use domain::id::LoginId;
use domain::password_stamp::PasswordStamp;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

/// Lifetime of a session that nobody has signed in with.
const ANONYMOUS: SignedDuration = SignedDuration::from_hours(1);
/// Random bytes of a key.
const KEY: usize = 32;

/// The state of a session as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct State<'a> {
    /// The account, once somebody has signed in.
    pub login: Option<LoginId>,
    /// The values, as JSON.
    pub values: &'a str,
    /// Lifetime of a session that somebody has signed in with.
    pub lifetime: SignedDuration,
}

impl State<'_> {
    fn expires(&self, now: Timestamp) -> Timestamp {
        let lifetime = if self.login.is_some() { self.lifetime } else { ANONYMOUS };
        now.checked_add(lifetime).unwrap_or(now)
    }
}

/// Returns the digest that a session is stored under.
#[must_use]
pub fn digest(key: &str) -> String {
    hex::encode(Sha256::digest(key.as_bytes()))
}

/// Returns a new key.
#[must_use]
pub fn new_key(app: &App) -> String {
    chance::hex_token(app.env.chance.as_ref(), KEY)
}

/// Returns the values of a session that has not expired.
///
/// # Errors
/// The database's.
pub async fn load(app: &App, key: &str) -> Outcome<Option<String>> {
    Ok(db::sessions::load(&app.db.reader(), &digest(key), app.env.clock.now()).await?)
}

/// Stores a new session.
///
/// # Errors
/// The database's.
pub async fn create(app: &App, key: &str, state: State<'_>) -> Outcome<()> {
    let (id, now) = (digest(key), app.env.clock.now());
    let write = async |tx: &Tx| {
        db::sessions::insert(tx, &id, state.login, state.values, now, state.expires(now)).await
    };
    Ok(app.db.write_aside(write).await?)
}

/// Stores the changed state of a session. A session that was revoked meanwhile stays revoked.
///
/// # Errors
/// The database's.
pub async fn update(app: &App, key: &str, state: State<'_>) -> Outcome<()> {
    let (id, expires) = (digest(key), state.expires(app.env.clock.now()));
    let write = async |tx: &Tx| {
        db::sessions::update(tx, &id, state.login, state.values, expires).await.map(drop)
    };
    Ok(app.db.write_aside(write).await?)
}

/// Ends a session.
///
/// # Errors
/// The database's.
pub async fn end(app: &App, key: &str) -> Outcome<()> {
    let id = digest(key);
    let write = async |tx: &Tx| Ok::<_, ServiceError>(db::sessions::remove(tx, &id).await?);
    app.db.write_aside(write).await
}

/// Returns the account that a session belongs to, while it may use the panel and has the password
/// that the session began with. Where `acting` names an admin, the account is the customer's as
/// whom the admin acts, and the password is the admin's.
///
/// # Errors
/// The database's.
pub async fn account(
    view: View<'_>,
    login: LoginId,
    stamp: &PasswordStamp,
    acting: Option<LoginId>,
) -> Outcome<Option<Account>> {
    Ok(match acting {
        None => accounts::find_in_session(view.on, login, stamp).await?,
        Some(admin) => accounts::find_acting(view.on, admin, login, stamp).await?,
    })
}
