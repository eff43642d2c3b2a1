//! Handles double submissions. A form that creates a record contains a token. A second submission
//! of the form redirects to the result of the first.

use super::csrf::VerifiedForm;
use super::error::WebError;
use super::respond;
use actix_web::HttpResponse;
use domain::id::LoginId;
use domain::random;
use services::app::App;
use services::{Command, Outcome, ServiceError, submissions};

/// The hidden field with the token.
pub const FIELD: &str = "submission";

/// Creates the token of a new form.
#[must_use]
pub fn token(app: &App) -> String {
    random::token(app.env.random.as_ref(), 18)
}

/// The result of a submission.
pub enum Submission<T> {
    /// A redirect to the result, because the form was submitted before.
    Duplicate(HttpResponse),
    /// The created record.
    Created(T),
    Failed(ServiceError),
}

/// Runs `act`, unless the form was submitted before.
pub async fn once<T>(
    app: &App,
    by: LoginId,
    form: &VerifiedForm,
    act: impl AsyncFnOnce() -> Outcome<T>,
) -> Result<Submission<T>, WebError> {
    if let Some(earlier) = earlier_result(app, by, form).await? {
        return Ok(Submission::Duplicate(earlier));
    }
    let error = match act().await {
        Ok(created) => return Ok(Submission::Created(created)),
        Err(error) => error,
    };
    // The error may only mean that a simultaneous submission of the form was faster. Its result
    // then exists.
    Ok(earlier_result(app, by, form)
        .await?
        .map_or(Submission::Failed(error), Submission::Duplicate))
}

async fn earlier_result(
    app: &App,
    by: LoginId,
    form: &VerifiedForm,
) -> Result<Option<HttpResponse>, WebError> {
    let token = form.text(FIELD);
    if token.is_empty() {
        return Ok(None);
    }
    let result = submissions::result_of(app.open_view().await?.view(), by, token).await?;
    Ok(result.map(|to| respond::see_other(&to)))
}

/// Records the address of the result in the transaction that creates the record.
///
/// # Errors
/// `already-sent` if a simultaneous submission was faster; [`once`] then finds its result.
pub async fn record_result(
    cmd: Command<'_>,
    by: LoginId,
    form: &VerifiedForm,
    result: &str,
) -> Outcome<()> {
    match form.text(FIELD) {
        "" => Ok(()),
        token => submissions::record(cmd, by, token, result).await,
    }
}
