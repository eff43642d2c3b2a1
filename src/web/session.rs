//! The session store for actix-session in the database. The cookie contains the session key; the
//! database contains only its SHA-256 digest.
//!
//! Functions that change a session fail if a value cannot be serialized.

use super::csrf::secret::ensure_token;
use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_session::{Session, SessionExt as _, SessionInsertError};
use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use auth::actor::Reauthenticated;
use domain::id::LoginId;
use domain::password_stamp::PasswordStamp;
use jiff::{SignedDuration, Timestamp};
use services::ServiceError;
use services::app::App;
use services::sessions::{self, SessionId};
use std::collections::HashMap;

type State = HashMap<String, String>;

/// Keys of session values.
mod key {
    pub const LOGIN: &str = "login";
    pub const SINCE: &str = "since";
    pub const SEEN: &str = "seen";
    /// Login id of the admin who acts as the session's customer.
    pub const ADMIN: &str = "admin";
    /// Time when the admin began to act, in seconds since the epoch.
    pub const ACTING: &str = "acting";
    /// Stamp of the password that was confirmed for the session. While an admin acts in the
    /// session, it is that of the admin.
    pub const STAMP: &str = "stamp";
    /// The session's own id, so that ending all other sessions keeps this one.
    pub const SELF: &str = "self";
}

/// The session store.
#[derive(Clone)]
pub struct Store(pub App);

fn login_of(state: &State) -> Option<LoginId> {
    state.get(key::LOGIN).and_then(|text| text.parse().ok()).map(LoginId)
}

/// Returns the state as JSON, with the session's own id.
fn encode(state: &mut State, id: &SessionId) -> Result<String, anyhow::Error> {
    state.insert(key::SELF.to_owned(), format!("\"{}\"", id.as_str()));
    Ok(serde_json::to_string(state)?)
}

fn id(session_key: &SessionKey) -> SessionId {
    SessionId::of(session_key.as_ref())
}

/// Returns the state in its stored form.
fn stored<'a>(state: &State, values: &'a str, ttl: &Duration) -> sessions::State<'a> {
    let lifetime = SignedDuration::from_secs(ttl.whole_seconds());
    sessions::State { login: login_of(state), values, lifetime }
}

/// Logs an error, because the response of actix-session does not show it.
fn log_failure(error: &ServiceError) {
    tracing::error!(%error, "a session could not be read or written");
}

impl SessionStore for Store {
    async fn load(&self, session_key: &SessionKey) -> Result<Option<State>, LoadError> {
        let values = sessions::load(&self.0, &id(session_key)).await;
        let values =
            values.inspect_err(log_failure).map_err(|error| LoadError::Other(error.into()))?;
        values
            .map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|error| LoadError::Deserialization(error.into()))
    }

    async fn save(&self, mut state: State, ttl: &Duration) -> Result<SessionKey, SaveError> {
        let key = sessions::new_key(&self.0);
        let id = SessionId::of(&key);
        let values = encode(&mut state, &id).map_err(SaveError::Serialization)?;
        let written = sessions::create(&self.0, &id, stored(&state, &values, ttl)).await;
        written.inspect_err(log_failure).map_err(|error| SaveError::Other(error.into()))?;
        SessionKey::try_from(key).map_err(|error| SaveError::Other(error.into()))
    }

    async fn update(
        &self,
        session_key: SessionKey,
        mut state: State,
        ttl: &Duration,
    ) -> Result<SessionKey, UpdateError> {
        let id = id(&session_key);
        let values = encode(&mut state, &id).map_err(UpdateError::Serialization)?;
        let written = sessions::update(&self.0, &id, stored(&state, &values, ttl)).await;
        written.inspect_err(log_failure).map_err(|error| UpdateError::Other(error.into()))?;
        Ok(session_key)
    }

    async fn update_ttl(&self, _: &SessionKey, _: &Duration) -> Result<(), anyhow::Error> {
        Ok(())
    }

    async fn delete(&self, session_key: &SessionKey) -> Result<(), anyhow::Error> {
        Ok(sessions::end(&self.0, &id(session_key)).await?)
    }
}

/// Starts the session of an account after sign-in, under a new key. The session ends when the
/// account's password changes, even if that happens before the session is written.
pub fn start_session(
    session: &Session,
    app: &App,
    proof: &Reauthenticated,
) -> Result<(), SessionInsertError> {
    start(session, app, proof.login(), proof.stamp(), app.env.clock.now().as_second())
}

/// Resets the session. Creates the CSRF token at once: otherwise two pages that are opened
/// simultaneously would each create one, and the form of one page would be refused.
fn start(
    session: &Session,
    app: &App,
    login: LoginId,
    stamp: &PasswordStamp,
    since: i64,
) -> Result<(), SessionInsertError> {
    session.clear();
    session.renew();
    ensure_token(session, app);
    session.insert(key::LOGIN, login.0)?;
    session.insert(key::STAMP, stamp)?;
    session.insert(key::SINCE, since)?;
    session.insert(key::SEEN, app.env.clock.now().as_second())
}

/// Continues the session under a new key after its account's password has changed. `stamp` is the
/// stamp of the new password.
pub fn renew(session: &Session, stamp: &PasswordStamp) -> Result<(), SessionInsertError> {
    session.renew();
    session.insert(key::STAMP, stamp)
}

/// Returns whether an account has signed in with this session. It may have ended since.
#[must_use]
pub fn has_signed_in(session: &Session) -> bool {
    session.get::<i64>(key::LOGIN).is_ok_and(|login| login.is_some())
}

/// Maximum time for which an admin can act as a customer, in seconds. The session then ends.
pub const MAX_ACTING_SECONDS: i64 = 30 * 60;

/// Lets an admin act as a customer, under a new session key. The session keeps its start time and
/// the stamp of the admin's password, so it ends no later than it would have otherwise.
pub fn begin_acting(
    session: &Session,
    app: &App,
    admin: LoginId,
    customer: LoginId,
) -> Result<(), SessionInsertError> {
    switch_account(session, app, customer)?;
    session.insert(key::ADMIN, admin.0)?;
    session.insert(key::ACTING, app.env.clock.now().as_second())
}

/// Returns the session to the admin who acted in it.
pub fn end_acting(session: &Session, app: &App, admin: LoginId) -> Result<(), SessionInsertError> {
    switch_account(session, app, admin)
}

/// Continues the session with another account, under a new key. Keeps its start time and password
/// stamp.
fn switch_account(session: &Session, app: &App, login: LoginId) -> Result<(), SessionInsertError> {
    let since =
        session.get(key::SINCE).ok().flatten().unwrap_or_else(|| app.env.clock.now().as_second());
    start(session, app, login, &stamp(session), since)
}

/// Returns the password stamp. Sessions of earlier versions have none; the empty stamp ends them.
fn stamp(session: &Session) -> PasswordStamp {
    session.get(key::STAMP).ok().flatten().unwrap_or_default()
}

/// An admin who acts in a session.
#[derive(Clone, Debug)]
pub struct ActingAdmin {
    pub login: LoginId,
    /// Time at which the admin began to act.
    pub since: Timestamp,
}

/// Returns the admin who acts in this session, even after [`MAX_ACTING_SECONDS`].
pub fn acting_admin(session: &Session) -> Option<ActingAdmin> {
    let login = session.get(key::ADMIN).ok().flatten().map(LoginId)?;
    let since = session.get::<i64>(key::ACTING).ok().flatten().unwrap_or_default();
    Some(ActingAdmin { login, since: Timestamp::from_second(since).ok()? })
}

/// The account that a session belongs to.
#[derive(Clone, Debug)]
pub struct Owner {
    pub login: LoginId,
    /// Stamp of the password that was confirmed for the session.
    pub stamp: PasswordStamp,
}

/// Returns the owner of the session, unless it has exceeded its idle timeout or maximum lifetime.
///
/// Records the time of last use at most once a minute, because each record is a write. With
/// `is_busy`, a large import holds SQLite's only writer and would delay the page. The record is
/// then postponed until half of the idle timeout has passed.
#[must_use]
pub fn owner(
    session: &Session,
    is_busy: bool,
    now: Timestamp,
    idle: SignedDuration,
    absolute: SignedDuration,
) -> Option<Owner> {
    let read = |name| session.get::<i64>(name).ok().flatten();
    let (login, since, seen) = (read(key::LOGIN)?, read(key::SINCE)?, read(key::SEEN)?);
    let now = now.as_second();
    if now - since > absolute.as_secs() || now - seen > idle.as_secs() {
        session.purge();
        return None;
    }
    let noted_every = if is_busy { (idle.as_secs() / 2).max(60) } else { 60 };
    if now - seen > noted_every && session.insert(key::SEEN, now).is_err() {
        return None;
    }
    Some(Owner { login: LoginId(login), stamp: stamp(session) })
}

/// Returns the id of this session, to keep the session when all others are ended.
#[must_use]
pub fn own_id(req: &HttpRequest) -> Option<String> {
    req.get_session().get::<String>(key::SELF).ok().flatten()
}
