//! Forms that create are answered once: who sends one twice is led to what the first one made.

use super::csrf::Guarded;
use super::error::WebError;
use super::respond;
use actix_web::HttpResponse;
use domain::chance;
use domain::id::LoginId;
use services::app::App;
use services::{Command, Outcome, ServiceError, submissions};

/// The hidden field.
pub const FIELD: &str = "submission";

/// The token of a new form, for its hidden field `submission`.
#[must_use]
pub fn token(app: &App) -> String {
    chance::token(app.env.chance.as_ref(), 18)
}

/// What came of a form that counts once.
pub enum Once<T> {
    /// It was sent before: the way to what it made then.
    Earlier(HttpResponse),
    /// What it made.
    Made(T),
    /// Why it made nothing.
    Failed(ServiceError),
}

/// Does what a form asks for, unless it was sent before.
///
/// # Errors
/// The database's.
pub async fn once<T>(
    app: &App,
    by: LoginId,
    form: &Guarded,
    act: impl AsyncFnOnce() -> Outcome<T>,
) -> Result<Once<T>, WebError> {
    if let Some(earlier) = earlier(app, by, form).await? {
        return Ok(Once::Earlier(earlier));
    }
    let error = match act().await {
        Ok(made) => return Ok(Once::Made(made)),
        Err(error) => error,
    };
    // A twin of this form was faster: what is wrong with this one is that the twin's result is
    // there already.
    Ok(earlier(app, by, form).await?.map_or(Once::Failed(error), Once::Earlier))
}

async fn earlier(app: &App, by: LoginId, form: &Guarded) -> Result<Option<HttpResponse>, WebError> {
    let token = form.text(FIELD);
    if token.is_empty() {
        return Ok(None);
    }
    let result = submissions::result_of(app.look().await?.view(), by, token).await?;
    Ok(result.map(|to| respond::see_other(&to)))
}

/// Notes in the transaction of the change where its result is.
///
/// # Errors
/// `already-sent` when a twin of the form was faster; [`once`] finds its result then.
pub async fn note(cmd: Command<'_>, by: LoginId, form: &Guarded, result: &str) -> Outcome<()> {
    match form.text(FIELD) {
        "" => Ok(()),
        token => submissions::note(cmd, by, token, result).await,
    }
}
