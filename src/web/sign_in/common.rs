//! Functions for the pages of visitors who are not signed in.

use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::page::Chrome;
use crate::{extract, frame};
use actix_web::HttpRequest;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use services::app::App;
use services::throttle::{self, RESETS_BY_ADDRESS};
use services::{Command, Outcome, ServiceError};

/// Runs a request for an email, limited for each client address. The response time does not reveal
/// whether an account was found: every response takes at least
/// [`services::Env::min_response_time`].
pub(super) async fn request_mail(
    app: &App,
    req: &HttpRequest,
    request: impl AsyncFn(Command<'_>) -> Outcome<()>,
) -> Result<(), WebError> {
    let origin = extract::origin(req, app);
    let counted = app.change(&origin, async |cmd: Command<'_>| {
        let within = throttle::count(cmd, &RESETS_BY_ADDRESS, &origin.address).await?;
        if within {
            request(cmd).await?;
        }
        Ok::<_, ServiceError>(within)
    });
    let (within, ()) = tokio::join!(counted, tokio::time::sleep(app.env.min_response_time));
    if within? { Ok(()) } else { Err(WebError::TooManyAttempts) }
}

/// Returns an error for each required field that is empty.
pub(super) fn missing_field_errors(form: &VerifiedForm, fields: &[&str]) -> FieldErrors {
    let mut missing = FieldErrors::default();
    for field in fields.iter().filter(|field| form.text(field).trim().is_empty()) {
        missing.push(field, ValidationError::new(ErrorCode::Required));
    }
    missing
}

/// Returns the frame of these pages.
pub(super) fn chrome(req: &HttpRequest, app: &App, title: &str) -> Chrome {
    let c = frame::for_visitor(req, app);
    Chrome { title: c.t(title), ..c }
}
