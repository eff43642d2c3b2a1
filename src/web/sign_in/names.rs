//! `/password/loginname`: requests forgotten login names by email.

use super::common::{chrome, missing_field_errors, request_mail};
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::form::FormState;
use crate::page::Chrome;
use crate::{respond, validation_errors};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use services::app::App;
use services::{Command, account};

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

/// Shows the form.
pub async fn show(app: Data<App>, req: HttpRequest) -> Result<HttpResponse, WebError> {
    Ok(respond::ok(&page(&req, &app, FormState::new("sign-in"))))
}

fn page(req: &HttpRequest, app: &App, f: FormState) -> NamesPage {
    let c = chrome(req, app, "names-title");
    let lead = c.t("names-lead");
    NamesPage { c: c.lead(lead), f }
}

/// Requests the email. The response does not reveal whether an account was found.
pub async fn submit(
    app: Data<App>,
    req: HttpRequest,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let missing = missing_field_errors(&form, &["email"]);
    if !missing.is_empty() {
        let mut page = page(&req, &app, FormState::posted("sign-in", form.0));
        validation_errors::add_to_form(page.c.lang, &missing, &mut page.f, |name| name == "email");
        return Ok(respond::invalid(&page));
    }
    let email = form.text("email").trim();
    request_mail(&app, &req, async |cmd: Command<'_>| {
        account::request_login_names(cmd, email).await
    })
    .await?;
    Ok(respond::ok(&SentPage { c: chrome(&req, &app, "names-sent-title") }))
}
