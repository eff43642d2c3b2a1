//! Creates an API key. Only the response to the form shows its secret.

use super::edit::{self, FormPage};
use super::list::{AREA, OWN_ADDRESS, below_list, own_keys};
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, SignedIn};
use crate::flash::{Flash, Tone};
use crate::form::FormState;
use crate::page::Chrome;
use crate::submission::{self, Submission};
use crate::{frame, input, respond, validation_errors};
use actix_session::Session;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::api_key::ApiKeySettings;
use domain::secret::Secret;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use services::api_keys::{self, NewKey, SaveKey};
use services::app::App;
use services::credentials::{self, CredentialOwner};
use services::sign_in::confirm;
use services::{Command, Origin, Outcome, ServiceError};

/// The page that shows a new key and its secret.
#[derive(Template)]
#[template(path = "api_keys/created.html")]
struct CreatedPage {
    c: Chrome,
    new: NewKey,
    /// A `curl` command that calls the API with the key.
    example: String,
}

fn form_page(app: &App, req: &HttpRequest, by: &SignedIn, f: FormState) -> FormPage {
    let c = frame::of(req, app, &by.0);
    let title = c.t("api-keys-make");
    FormPage { c: below_list(c, title), f, action: OWN_ADDRESS.to_owned(), is_new: true }
}

/// `GET /account/api-keys/new`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: SignedIn,
) -> Result<HttpResponse, WebError> {
    own_keys(&app.open_view().await?, &by).await?;
    let mut f = FormState::new(AREA);
    f.set("submission", submission::token(&app));
    Ok(respond::ok(&form_page(&app, &req, &by, f)))
}

/// `POST /account/api-keys`
pub(super) async fn create(
    app: Data<App>,
    req: HttpRequest,
    by: SignedIn,
    session: Session,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    own_keys(&app.open_view().await?, &by).await?;
    let origin = extract::origin(&req, &app);
    let error = match submission::once(&app, by.0.actor.login(), &form, async || {
        create_key(&app, &origin, &by, &form).await
    })
    .await?
    {
        Submission::Duplicate(response) => {
            // The response to the first submission showed the secret. It is stored only as a
            // digest, so it cannot be shown again.
            respond::add_flash(&session, Flash::new(Tone::Warning, "flash-api-key-made-before"));
            return Ok(response);
        }
        Submission::Created(new) => return Ok(created_page(&app, &req, &by, new)),
        Submission::Failed(error) => error,
    };
    let wrong = match error {
        ServiceError::Invalid(wrong) => wrong,
        ServiceError::Refused(error) => FieldErrors::one("", error),
        error => return Err(error.into()),
    };
    let mut page = form_page(&app, &req, &by, FormState::posted(AREA, form.0));
    validation_errors::add_to_form(page.c.lang, &wrong, &mut page.f, edit::has_field);
    Ok(respond::invalid(&page))
}

async fn create_key(
    app: &App,
    origin: &Origin,
    by: &SignedIn,
    form: &VerifiedForm,
) -> Outcome<NewKey> {
    let by = &by.0.actor;
    let read = SaveKey::settings(
        input::receive(form, None),
        &ApiKeySettings::default(),
        app.env.clock.now(),
    );
    let (settings, mut wrong) = match read {
        Ok(settings) => (settings, FieldErrors::default()),
        Err(wrong) => (ApiKeySettings::default(), wrong),
    };
    // A key outlives the session, so a stolen session must not suffice to create one.
    let password = Secret::new(form.text(edit::PASSWORD));
    if password.is_empty() {
        wrong.push(edit::PASSWORD, ValidationError::new(ErrorCode::Required));
    }
    let proof = if password.is_empty() {
        None
    } else {
        confirm(app, origin, by.login(), &password).await?
    };
    if proof.is_none() && !password.is_empty() {
        wrong.push(edit::PASSWORD, ValidationError::new(ErrorCode::OldPasswordWrong));
    }
    wrong.into_result(())?;
    app.change(origin, async |cmd: Command<'_>| {
        let mut errors = FieldErrors::default();
        credentials::require_current_password(
            cmd,
            by,
            CredentialOwner::Own,
            proof.as_ref(),
            &mut errors,
        )
        .await?;
        errors.into_result(())?;
        let new = api_keys::add(cmd, by, &settings).await?;
        submission::record_result(cmd, by.login(), form, OWN_ADDRESS).await?;
        Ok(new)
    })
    .await
}

/// Returns the page with the secret. A redirect would lose it.
fn created_page(app: &App, req: &HttpRequest, by: &SignedIn, new: NewKey) -> HttpResponse {
    let c = frame::of(req, app, &by.0);
    let title = c.t("api-keys-made");
    let example = format!(
        "curl -u '{}:{}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{{\"command\":\"Froxlor.listFunctions\"}}' \\\n  {}/api",
        new.key.key,
        new.secret.expose(),
        app.env.public_url.trim_end_matches('/')
    );
    respond::ok(&CreatedPage { c: below_list(c, title), new, example })
}
