//! `/password/loginname`: asking for forgotten login names by mail.

use super::chrome;
use super::forgot::ANSWER_TAKES;
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

#[derive(Template)]
#[template(path = "sign_in/names.html")]
struct NamesPage {
    c: Chrome,
    f: FormState,
}

#[derive(Template)]
#[template(path = "sign_in/names_sent.html")]
struct SentPage {
    c: Chrome,
}

/// The form.
pub async fn show(app: Data<App>, req: HttpRequest) -> Result<HttpResponse, WebError> {
    Ok(respond::ok(&page(&req, &app, FormState::new("sign-in"))))
}

fn page(req: &HttpRequest, app: &App, f: FormState) -> NamesPage {
    let c = chrome(req, app, "names-title");
    let lead = c.t("names-lead");
    NamesPage { c: c.lead(lead), f }
}

/// Takes the request. The answer is the same whatever was found.
pub async fn submit(app: Data<App>, req: HttpRequest, form: Guarded) -> Result<HttpResponse, WebError> {
    if form.text("email").trim().is_empty() {
        let mut page = page(&req, &app, FormState::posted("sign-in", form.0));
        faults::into_form(page.c.lang, &FieldFaults::one("email", Fault::new("required")), &mut page.f, |name| name == "email");
        return Ok(respond::invalid(&page));
    }
    let origin = extract::origin(&req, &app);
    let (outcome, ()) = tokio::join!(request(&app, &origin, &form), tokio::time::sleep(ANSWER_TAKES));
    if !outcome? {
        return Err(WebError::TooMany);
    }
    Ok(respond::ok(&SentPage { c: chrome(&req, &app, "names-sent-title") }))
}

async fn request(app: &App, origin: &Origin, form: &Guarded) -> Result<bool, ServiceError> {
    app.change(origin, async |cmd: Command<'_>| {
        let within = throttle::count(cmd, &RESETS_BY_ADDRESS, &origin.address).await?;
        if within {
            account::request_login_names(cmd, form.text("email").trim()).await?;
        }
        Ok(within)
    })
    .await
}
