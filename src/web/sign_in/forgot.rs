//! `/password/forgot`: requests a password reset link by email.

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

const FIELDS: [&str; 2] = ["loginname", "email"];

#[derive(Template)]
#[template(path = "sign_in/forgot.html")]
struct ForgotPage {
    c: Chrome,
    f: FormState,
    are_admins_excluded: bool,
}

#[derive(Template)]
#[template(path = "sign_in/forgot_sent.html")]
struct SentPage {
    c: Chrome,
    are_admins_excluded: bool,
}

/// Shows the form.
pub async fn show(app: Data<App>, req: HttpRequest) -> Result<HttpResponse, WebError> {
    let excluded = are_admins_excluded(&app).await?;
    Ok(respond::ok(&page(&req, &app, FormState::new("sign-in"), excluded)))
}

/// Returns whether the provider's settings exclude admins from password reset links.
async fn are_admins_excluded(app: &App) -> Result<bool, WebError> {
    Ok(!app.open_view().await?.settings.admins_may_reset())
}

fn page(req: &HttpRequest, app: &App, f: FormState, are_admins_excluded: bool) -> ForgotPage {
    let c = chrome(req, app, "forgot-title");
    let lead = c.t(if are_admins_excluded { "forgot-lead-customers" } else { "forgot-lead" });
    ForgotPage { c: c.lead(lead), f, are_admins_excluded }
}

/// Requests the link. The response does not reveal whether an account was found.
pub async fn submit(
    app: Data<App>,
    req: HttpRequest,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let are_admins_excluded = are_admins_excluded(&app).await?;
    let missing = missing_field_errors(&form, &FIELDS);
    if !missing.is_empty() {
        let mut page = page(&req, &app, FormState::posted("sign-in", form.0), are_admins_excluded);
        validation_errors::add_to_form(page.c.lang, &missing, &mut page.f, |name| {
            FIELDS.contains(&name)
        });
        return Ok(respond::invalid(&page));
    }
    let (login_name, email) = (form.text("loginname").trim(), form.text("email").trim());
    request_mail(&app, &req, async |cmd: Command<'_>| {
        account::request_reset(cmd, login_name, email).await
    })
    .await?;
    let c = chrome(&req, &app, "forgot-sent-title");
    Ok(respond::ok(&SentPage { c, are_admins_excluded }))
}
