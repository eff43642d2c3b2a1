//! Forms that create are answered once: who sends one twice is led to what the first one made.

use super::csrf::Guarded;
use super::error::WebError;
use super::respond;
use crate::app::App;
use crate::domain::chance;
use crate::domain::id::LoginId;
use crate::services::{Command, Outcome, submissions};
use actix_web::HttpResponse;

const FIELD: &str = "submission";

/// The token of a new form, for its hidden field `submission`.
#[must_use]
pub fn token(app: &App) -> String {
    chance::token(app.env.chance.as_ref(), 18)
}

/// The way to the result of this form, if it was sent before.
///
/// # Errors
/// The database's.
pub async fn earlier(app: &App, by: LoginId, form: &Guarded) -> Result<Option<HttpResponse>, WebError> {
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
/// `already-sent` when a twin of the form was faster; [`earlier`] finds its result then.
pub async fn note(cmd: Command<'_>, by: LoginId, form: &Guarded, result: &str) -> Outcome<()> {
    match form.text(FIELD) {
        "" => Ok(()),
        token => submissions::note(cmd, by, token, result).await,
    }
}
