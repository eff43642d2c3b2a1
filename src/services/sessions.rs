//! Sessions of the panel. A session is stored under the digest of the key in its cookie.

use super::app::App;
use super::{Outcome, ServiceError, View, digest};
use auth::accounts::{self, Account};
use db::Tx;
use domain::clock::later;
use domain::id::LoginId;
use domain::password_stamp::PasswordStamp;
use domain::random;
use jiff::{SignedDuration, Timestamp};

/// Lifetime of a session without a signed-in account.
const ANONYMOUS_LIFETIME: SignedDuration = SignedDuration::from_hours(1);
/// Length of a key, in random bytes.
const KEY_BYTES: usize = 32;

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
    fn expires_at(&self, now: Timestamp) -> Timestamp {
        let lifetime = if self.login.is_some() { self.lifetime } else { ANONYMOUS_LIFETIME };
        later(now, lifetime)
    }
}

/// The id under which a session is stored: the digest of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionId(String);

impl SessionId {
    /// Returns the id of the session with this key.
    #[must_use]
    pub fn of(key: &str) -> Self {
        Self(digest(key))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns a random key for a new session.
#[must_use]
pub fn new_key(app: &App) -> String {
    random::hex_token(app.env.random.as_ref(), KEY_BYTES)
}

/// Returns the values of a session, unless it has expired.
pub async fn load(app: &App, id: &SessionId) -> Outcome<Option<String>> {
    Ok(db::sessions::load(&app.db.reader(), id.as_str(), app.env.clock.now()).await?)
}

pub async fn create(app: &App, id: &SessionId, state: State<'_>) -> Outcome<()> {
    let now = app.env.clock.now();
    let write = async |tx: &Tx| {
        let expires_at = state.expires_at(now);
        db::sessions::insert(tx, id.as_str(), state.login, state.values, now, expires_at).await
    };
    Ok(app.db.write_keeping_cache(write).await?)
}

/// Stores the changed state of a session. A session that was ended in the meantime stays ended.
pub async fn update(app: &App, id: &SessionId, state: State<'_>) -> Outcome<()> {
    let expires_at = state.expires_at(app.env.clock.now());
    let write = async |tx: &Tx| {
        db::sessions::update(tx, id.as_str(), state.login, state.values, expires_at).await.map(drop)
    };
    Ok(app.db.write_keeping_cache(write).await?)
}

pub async fn end(app: &App, id: &SessionId) -> Outcome<()> {
    let write = async |tx: &Tx| Ok::<_, ServiceError>(db::sessions::remove(tx, id.as_str()).await?);
    app.db.write_keeping_cache(write).await
}

/// Returns the account that a session belongs to. Returns `None` if the account may no longer use
/// the panel, or if its password has changed since the session began.
///
/// `acting` is the admin who acts as the customer. Then the customer's account is returned, and the
/// password is the admin's.
pub async fn account(
    view: View<'_>,
    login: LoginId,
    stamp: &PasswordStamp,
    acting: Option<LoginId>,
) -> Outcome<Option<Account>> {
    Ok(match acting {
        None => accounts::find_in_session(view.on, login, stamp).await?,
        Some(admin) => accounts::find_for_acting_admin(view.on, admin, login, stamp).await?,
    })
}
