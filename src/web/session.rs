//! Sessions in the database, for actix-session. The key in the cookie is stored as its SHA-256
//! digest.

use super::csrf::secret::establish;
use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_session::{Session, SessionExt as _, SessionInsertError};
use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use auth::actor::Reauthenticated;
use domain::id::LoginId;
use domain::password_stamp::PasswordStamp;
use jiff::{SignedDuration, Timestamp};
use services::app::App;
use services::{ServiceError, sessions};
use std::collections::HashMap;

type State = HashMap<String, String>;

/// Names of what a session holds.
mod key {
    pub const LOGIN: &str = "login";
    pub const SINCE: &str = "since";
    pub const SEEN: &str = "seen";
    /// The login of the admin who acts as the session's customer.
    pub const ADMIN: &str = "admin";
    /// When the admin began to act.
    pub const ACTING: &str = "acting";
    /// The stamp of the password that was shown for the session: that of the admin, while one acts
    /// in it.
    pub const STAMP: &str = "stamp";
    /// Digest of the session's own key, so that "end all others" knows which one to keep.
    pub const SELF: &str = "self";
}

/// The store.
#[derive(Clone)]
pub struct Store(pub App);

fn login_of(state: &State) -> Option<LoginId> {
    state.get(key::LOGIN).and_then(|text| text.parse().ok()).map(LoginId)
}

fn encode(state: &State) -> Result<String, anyhow::Error> {
    Ok(serde_json::to_string(state)?)
}

/// Returns the state as it is stored.
fn stored<'a>(state: &State, values: &'a str, ttl: &Duration) -> sessions::State<'a> {
    let lifetime = SignedDuration::from_secs(ttl.whole_seconds());
    sessions::State { login: login_of(state), values, lifetime }
}

/// Logs an error, because the answer of actix-session does not show it.
fn failed(error: &ServiceError) {
    tracing::error!(%error, "a session could not be read or written");
}

impl SessionStore for Store {
    async fn load(&self, session_key: &SessionKey) -> Result<Option<State>, LoadError> {
        let values = sessions::load(&self.0, session_key.as_ref()).await;
        let values = values.inspect_err(failed).map_err(|error| LoadError::Other(error.into()))?;
        values
            .map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|error| LoadError::Deserialization(error.into()))
    }

    async fn save(&self, mut state: State, ttl: &Duration) -> Result<SessionKey, SaveError> {
        let key = sessions::new_key(&self.0);
        state.insert(key::SELF.to_owned(), format!("\"{}\"", sessions::digest(&key)));
        let values = encode(&state).map_err(SaveError::Serialization)?;
        let written = sessions::create(&self.0, &key, stored(&state, &values, ttl)).await;
        written.inspect_err(failed).map_err(|error| SaveError::Other(error.into()))?;
        SessionKey::try_from(key).map_err(|error| SaveError::Other(error.into()))
    }

    async fn update(
        &self,
        session_key: SessionKey,
        mut state: State,
        ttl: &Duration,
    ) -> Result<SessionKey, UpdateError> {
        let key = session_key.as_ref();
        state.insert(key::SELF.to_owned(), format!("\"{}\"", sessions::digest(key)));
        let values = encode(&state).map_err(UpdateError::Serialization)?;
        let written = sessions::update(&self.0, key, stored(&state, &values, ttl)).await;
        written.inspect_err(failed).map_err(|error| UpdateError::Other(error.into()))?;
        Ok(session_key)
    }

    async fn update_ttl(&self, _: &SessionKey, _: &Duration) -> Result<(), anyhow::Error> {
        Ok(())
    }

    async fn delete(&self, session_key: &SessionKey) -> Result<(), anyhow::Error> {
        Ok(sessions::end(&self.0, session_key.as_ref()).await?)
    }
}

/// Makes the session that of the account whose password was shown; its key is a new one from here
/// on. It ends with that password, also where the password is replaced before the session is
/// written.
///
/// # Errors
/// When the session cannot be written.
pub fn begin(
    session: &Session,
    app: &App,
    proof: &Reauthenticated,
) -> Result<(), SessionInsertError> {
    start(session, app, proof.login(), proof.stamp(), app.env.clock.now().as_second())
}

/// The token is made now: of two pages that are opened at once, each would make one of its own, and
/// the form on one of them would be refused.
fn start(
    session: &Session,
    app: &App,
    login: LoginId,
    stamp: &PasswordStamp,
    since: i64,
) -> Result<(), SessionInsertError> {
    session.clear();
    session.renew();
    establish(session, app);
    session.insert(key::LOGIN, login.0)?;
    session.insert(key::STAMP, stamp)?;
    session.insert(key::SINCE, since)?;
    session.insert(key::SEEN, app.env.clock.now().as_second())
}

/// Lets the session go on under a new key, after the account's password was replaced in it by the
/// one with this stamp.
///
/// # Errors
/// When the session cannot be written.
pub fn renew(session: &Session, stamp: &PasswordStamp) -> Result<(), SessionInsertError> {
    session.renew();
    session.insert(key::STAMP, stamp)
}

/// Whether somebody has signed in with this session; it may have ended since.
#[must_use]
pub fn is_begun(session: &Session) -> bool {
    session.get::<i64>(key::LOGIN).is_ok_and(|login| login.is_some())
}

/// How long an admin acts as a customer before they are signed out, in seconds.
pub const ACTING: i64 = 30 * 60;

/// Lets an admin act as a customer; the session's key is a new one from here on. The session ends
/// no later than it would have without, and with the admin's password that it began with.
///
/// # Errors
/// When the session cannot be written.
pub fn begin_acting(
    session: &Session,
    app: &App,
    admin: LoginId,
    customer: LoginId,
) -> Result<(), SessionInsertError> {
    go_on(session, app, customer)?;
    session.insert(key::ADMIN, admin.0)?;
    session.insert(key::ACTING, app.env.clock.now().as_second())
}

/// Gives the session back to the admin who acted in it.
///
/// # Errors
/// When the session cannot be written.
pub fn end_acting(session: &Session, app: &App, admin: LoginId) -> Result<(), SessionInsertError> {
    go_on(session, app, admin)
}

/// Makes the session that of another account, under a new key; it counts as begun when it was, with
/// the password that it was.
fn go_on(session: &Session, app: &App, login: LoginId) -> Result<(), SessionInsertError> {
    let since =
        session.get(key::SINCE).ok().flatten().unwrap_or_else(|| app.env.clock.now().as_second());
    start(session, app, login, &stamp(session), since)
}

/// Sessions of the version before have no stamp: they end.
fn stamp(session: &Session) -> PasswordStamp {
    session.get(key::STAMP).ok().flatten().unwrap_or_default()
}

/// An admin who acts in a session.
#[derive(Clone, Debug)]
pub struct ActingAdmin {
    /// The admin's login.
    pub login: LoginId,
    /// Since when.
    pub since: Timestamp,
}

/// The admin who acts in this session; also when their time is over.
pub fn acting_admin(session: &Session) -> Option<ActingAdmin> {
    let login = session.get(key::ADMIN).ok().flatten().map(LoginId)?;
    let since = session.get::<i64>(key::ACTING).ok().flatten().unwrap_or_default();
    Some(ActingAdmin { login, since: Timestamp::from_second(since).ok()? })
}

/// The account that a session belongs to.
#[derive(Clone, Debug)]
pub struct Owner {
    /// Its login.
    pub login: LoginId,
    /// The stamp of the password that was shown for the session.
    pub stamp: PasswordStamp,
}

/// Whose session this is, if it is anybody's and neither too old nor idle for too long. Notes when
/// it was last used: at most once a minute, so that reading pages does not write all the time, and
/// later where `is_busy` says that the database would make the page wait (a large import holds
/// SQLite's only writer), as long as the session is far from its idle limit.
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

/// The digest of this session's key: the one that lives on when the others are ended.
#[must_use]
pub fn own_digest(req: &HttpRequest) -> Option<String> {
    req.get_session().get::<String>(key::SELF).ok().flatten()
}
