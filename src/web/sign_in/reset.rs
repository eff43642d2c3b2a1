//! `/password/reset/{token}`: sets a new password with the link from the email.

use super::common::chrome;
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::flash::Flash;
use crate::form::{FormState, PolicyHints};
use crate::page::Chrome;
use crate::{extract, respond, validation_errors};
use actix_session::SessionExt as _;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::password::Person;
use domain::secret::Secret;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use services::account::ResetTarget;
use services::app::App;
use services::passwords::{self, HashedPassword};
use services::settings::ProviderSettings;
use services::{Command, ServiceError, account};

const FIELDS: [&str; 2] = ["new_password", "new_password_confirm"];

#[derive(Template)]
#[template(path = "sign_in/reset.html")]
struct ResetPage {
    c: Chrome,
    f: FormState,
    login_name: String,
    policy: PolicyHints,
}

#[derive(Template)]
#[template(path = "sign_in/reset_gone.html")]
struct GonePage {
    c: Chrome,
}

/// Shows the form if the link is valid.
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    token: Path<String>,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    match account::reset_target(snapshot.view(), &Secret::new(token.into_inner())).await {
        Ok(target) => {
            let page = page(&req, &app, &snapshot.settings, target.login_name);
            Ok(with_referrer_policy(respond::ok(&page)))
        }
        Err(error) => gone_page_or_error(&req, &app, error),
    }
}

pub async fn submit(
    app: Data<App>,
    req: HttpRequest,
    token: Path<String>,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let token = Secret::new(token.into_inner());
    let snapshot = app.open_view().await?;
    let target = match account::reset_target(snapshot.view(), &token).await {
        Ok(target) => target,
        Err(error) => return gone_page_or_error(&req, &app, error),
    };
    let password = match prepare(&app, &snapshot.settings, &form, &target).await {
        Ok(password) => password,
        Err(ServiceError::Invalid(wrong)) => {
            let mut page = page(&req, &app, &snapshot.settings, target.login_name);
            validation_errors::add_to_form(page.c.lang, &wrong, &mut page.f, |name| {
                FIELDS.contains(&name)
            });
            return Ok(with_referrer_policy(respond::invalid(&page)));
        }
        Err(error) => return Err(error.into()),
    };
    let origin = extract::origin(&req, &app);
    match app
        .change(&origin, async |cmd: Command<'_>| account::reset(cmd, &token, &password).await)
        .await
    {
        Ok(()) => Ok(respond::redirect_with_flash(
            &req.get_session(),
            "/login",
            Flash::success("flash-password-reset"),
        )),
        Err(error) => gone_page_or_error(&req, &app, error),
    }
}

async fn prepare(
    app: &App,
    settings: &ProviderSettings,
    form: &VerifiedForm,
    target: &ResetTarget,
) -> Result<HashedPassword, ServiceError> {
    let typed = Secret::new(form.text("new_password"));
    let mut wrong = FieldErrors::default();
    if !typed.constant_time_eq(&Secret::new(form.text("new_password_confirm"))) {
        wrong.push("new_password_confirm", ValidationError::new(ErrorCode::PasswordConfirmDiffers));
    }
    let person = Person { login: Some(&target.login_name), email: Some(target.email.as_str()) };
    wrong.merge(
        passwords::check(settings, "new_password", &typed, person).err().unwrap_or_default(),
    );
    wrong.into_result(())?;
    passwords::prepare(&app.env, settings, "new_password", Some(typed), Some(&target.login_name))
        .await
}

fn page(
    req: &HttpRequest,
    app: &App,
    settings: &ProviderSettings,
    login_name: String,
) -> ResetPage {
    let c = chrome(req, app, "reset-title");
    let policy = PolicyHints::of(&settings.password_policy());
    ResetPage { c, f: FormState::new("sign-in"), login_name, policy }
}

fn gone_page_or_error(
    req: &HttpRequest,
    app: &App,
    error: ServiceError,
) -> Result<HttpResponse, WebError> {
    match error {
        ServiceError::NotFound(_) => {
            let page = GonePage { c: chrome(req, app, "reset-gone-title") };
            Ok(with_referrer_policy(respond::html(StatusCode::NOT_FOUND, &page)))
        }
        error => Err(error.into()),
    }
}

/// Sets a referrer policy. The address contains the token, so the `Referer` header must not contain
/// the path, not even for the panel's own assets. With `no-referrer`, browsers would send the form
/// with `Origin: null`, and its origin could not be verified.
fn with_referrer_policy(mut response: HttpResponse) -> HttpResponse {
    response
        .headers_mut()
        .insert(header::REFERRER_POLICY, header::HeaderValue::from_static("strict-origin"));
    response
}
