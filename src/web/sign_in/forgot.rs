//! `/password/forgot`: asking for a link by mail.

use super::chrome;
use crate::app::App;
use crate::domain::fault::{Fault, FieldFaults};
use crate::services::throttle::{self, RESETS_BY_ADDRESS};
use crate::services::{Command, Origin, ServiceError, account};
use crate::web::csrf::Guarded;
use crate::web::error::WebError;
use crate::web::form::FormState;
use crate::web::page::Chrome;
use crate::web::{extract, faults, respond};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use std::time::Duration;

/// Every answer takes at least so long: the work for an account that exists is hidden in it.
pub(super) const ANSWER_TAKES: Duration = Duration::from_millis(250);
const FIELDS: [&str; 2] = ["loginname", "email"];

#[derive(Template)]
#[template(path = "sign_in/forgot.html")]
struct ForgotPage {
    c: Chrome,
    f: FormState,
}

#[derive(Template)]
#[template(path = "sign_in/forgot_sent.html")]
struct SentPage {
    c: Chrome,
}

/// The form.
pub async fn show(app: Data<App>, req: HttpRequest) -> Result<HttpResponse, WebError> {
    Ok(respond::ok(&page(&req, &app, FormState::new("sign-in"))))
}

fn page(req: &HttpRequest, app: &App, f: FormState) -> ForgotPage {
    let c = chrome(req, app, "forgot-title");
    let lead = c.t("forgot-lead");
    ForgotPage { c: c.lead(lead), f }
}

/// Takes the request. The answer is the same whatever was found.
pub async fn submit(app: Data<App>, req: HttpRequest, form: Guarded) -> Result<HttpResponse, WebError> {
    let mut missing = FieldFaults::default();
    for field in FIELDS.into_iter().filter(|field| form.text(field).trim().is_empty()) {
        missing.push(field, Fault::new("required"));
    }
    if !missing.is_empty() {
        let mut page = page(&req, &app, FormState::posted("sign-in", form.0));
        faults::into_form(page.c.lang, &missing, &mut page.f, |name| FIELDS.contains(&name));
        return Ok(respond::invalid(&page));
    }
    let origin = extract::origin(&req, &app);
    let (outcome, ()) = tokio::join!(request(&app, &origin, &form), tokio::time::sleep(ANSWER_TAKES));
    if !outcome? {
        return Err(WebError::TooMany);
    }
    Ok(respond::ok(&SentPage { c: chrome(&req, &app, "forgot-sent-title") }))
}

async fn request(app: &App, origin: &Origin, form: &Guarded) -> Result<bool, ServiceError> {
    app.change(origin, async |cmd: Command<'_>| {
        let within = throttle::count(cmd, &RESETS_BY_ADDRESS, &origin.address).await?;
        if within {
            account::request_reset(cmd, form.text("loginname").trim(), form.text("email").trim()).await?;
        }
        Ok(within)
    })
    .await
}
