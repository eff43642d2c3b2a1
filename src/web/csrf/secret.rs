//! The token of a session, as the session holds it.

use actix_session::Session;
use domain::chance;
use services::app::App;

/// Its name in the session.
pub(super) const KEY: &str = "csrf";

/// Gives a session its token, unless it has one.
pub fn establish(session: &Session, app: &App) -> String {
    if let Ok(Some(secret)) = session.get::<String>(KEY) {
        return secret;
    }
    let secret = chance::token(app.env.chance.as_ref(), 24);
    if let Err(error) = session.insert(KEY, &secret) {
        tracing::error!(%error, "the token of a session could not be kept");
    }
    secret
}
