//! Sessions of the panel. A session is stored under the digest of the key in its cookie.

use super::app::App;
use super::{Outcome, ServiceError, View};
use auth::accounts::{self, Account};
use db::Tx;
use domain::chance;
use domain::clock::later;
use domain::id::LoginId;
use domain::password_stamp::PasswordStamp;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

/// Lifetime of a session without a signed-in account.
const ANONYMOUS: SignedDuration = SignedDuration::from_hours(1);
/// Length of a key, in random bytes.
const KEY: usize = 32;

/// The stored state of a session.
#[derive(Clone, Copy, Debug)]
pub struct State<'a> {
    /// The signed-in account.
    pub login: Option<LoginId>,
    /// The session's values, as JSON.
    pub values: &'a str,
    /// Lifetime of a session with a signed-in account.
    pub lifetime: SignedDuration,
}

impl State<'_> {
    fn expires(&self, now: Timestamp) -> Timestamp {
        let lifetime = if self.login.is_some() { self.lifetime } else { ANONYMOUS };
        later(now, lifetime)
    }
}

/// Returns the digest under which a session is stored.
#[must_use]
pub fn digest(key: &str) -> String {
    hex::encode(Sha256::digest(key.as_bytes()))
}

/// Returns a random key for a new session.
#[must_use]
pub fn new_key(app: &App) -> String {
    chance::hex_token(app.env.chance.as_ref(), KEY)
}

/// Returns the values of a session, unless it has expired.
pub async fn load(app: &App, key: &str) -> Outcome<Option<String>> {
    Ok(db::sessions::load(&app.db.reader(), &digest(key), app.env.clock.now()).await?)
}

pub async fn create(app: &App, key: &str, state: State<'_>) -> Outcome<()> {
    let (id, now) = (digest(key), app.env.clock.now());
    let write = async |tx: &Tx| {
        db::sessions::insert(tx, &id, state.login, state.values, now, state.expires(now)).await
    };
    Ok(app.db.write_aside(write).await?)
}

/// Stores the changed state of a session. A session that was revoked in the meantime stays revoked.
pub async fn update(app: &App, key: &str, state: State<'_>) -> Outcome<()> {
    let (id, expires) = (digest(key), state.expires(app.env.clock.now()));
    let write = async |tx: &Tx| {
        db::sessions::update(tx, &id, state.login, state.values, expires).await.map(drop)
    };
    Ok(app.db.write_aside(write).await?)
}

pub async fn end(app: &App, key: &str) -> Outcome<()> {
    let id = digest(key);
    let write = async |tx: &Tx| Ok::<_, ServiceError>(db::sessions::remove(tx, &id).await?);
    app.db.write_aside(write).await
}

/// Returns the account that a session belongs to. Returns `None` if the account may no longer use
/// the panel, or if its password has changed since the session began.
///
/// `acting` is the admin who acts as the customer. The account is then the customer's, and the
/// password is the admin's.
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
