//! Signing in and out, and lost passwords: the pages for whoever is not signed in.

mod forgot;
mod login;
mod names;
mod reset;

use super::csrf::Guarded;
use super::error::WebError;
use super::page::Chrome;
use super::{extract, frame};
use actix_web::HttpRequest;
use actix_web::web::ServiceConfig;
use domain::fault::{Fault, FieldFaults};
use edge::routing::{get, post};
use services::app::App;
use services::throttle::{self, RESETS_BY_ADDRESS};
use services::{Command, Outcome, ServiceError};
use std::time::Duration;

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/login", get().to(login::show))
        .route("/login", post().to(login::submit))
        .route("/logout", post().to(login::sign_out))
        .route("/password/forgot", get().to(forgot::show))
        .route("/password/forgot", post().to(forgot::submit))
        .route("/password/loginname", get().to(names::show))
        .route("/password/loginname", post().to(names::submit))
        .route("/password/reset/{token}", get().to(reset::show))
        .route("/password/reset/{token}", post().to(reset::submit));
}

/// Whether a path is for whoever is not signed in.
#[must_use]
pub fn is_public(path: &str) -> bool {
    path == "/login" || ["/login/", "/password/", "/logout"].iter().any(|start| path.starts_with(start))
}

/// The address to sign in at, on the way to `next`; `ended` where a session ended that somebody had.
#[must_use]
pub fn address(next: Option<&str>, ended: bool) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if ended {
        query.append_pair("ended", "1");
    }
    if let Some(next) = next.filter(|next| *next != "/") {
        query.append_pair("next", next);
    }
    let query = query.finish();
    if query.is_empty() { "/login".to_owned() } else { format!("/login?{query}") }
}

/// Every answer to a request for mail takes at least so long: the work for an account that exists is hidden in it.
const ANSWER_TAKES: Duration = Duration::from_millis(250);

/// Runs a request for mail, counted by the address that it comes from. What it found does not show, in the time either.
async fn request_mail(app: &App, req: &HttpRequest, request: impl AsyncFn(Command<'_>) -> Outcome<()>) -> Result<(), WebError> {
    let origin = extract::origin(req, app);
    let counted = app.change(&origin, async |cmd: Command<'_>| {
        let within = throttle::count(cmd, &RESETS_BY_ADDRESS, &origin.address).await?;
        if within {
            request(cmd).await?;
        }
        Ok::<_, ServiceError>(within)
    });
    let (within, ()) = tokio::join!(counted, tokio::time::sleep(ANSWER_TAKES));
    if within? { Ok(()) } else { Err(WebError::TooMany) }
}

/// The required fields of a form that nothing was typed into.
fn missing(form: &Guarded, fields: &[&str]) -> FieldFaults {
    let mut missing = FieldFaults::default();
    for field in fields.iter().filter(|field| form.text(field).trim().is_empty()) {
        missing.push(field, Fault::new("required"));
    }
    missing
}

/// The frame of these pages.
fn chrome(req: &HttpRequest, app: &App, title: &str) -> Chrome {
    let c = frame::bare(req, app);
    Chrome { title: c.t(title), ..c }
}
