//! Changes the settings of an API key: label, allowed addresses, end date, read-only access.

use super::list::{AREA, OWN_ADDRESS, below_list, own_keys};
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, SignedIn};
use crate::flash::Flash;
use crate::form::FormState;
use crate::input;
use crate::page::Chrome;
use crate::{frame, respond, validation_errors};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::api_key::ApiKey;
use domain::id::ApiKeyId;
use services::api_keys::{self, SaveKey};
use services::app::App;
use services::{Command, ServiceError};

/// The field for the account's password. Only creating a key requires it.
pub(super) const PASSWORD: &str = "current_password";

/// The form that creates or edits a key.
#[derive(Template)]
#[template(path = "api_keys/form.html")]
pub(super) struct FormPage {
    pub c: Chrome,
    pub f: FormState,
    pub action: String,
    /// Whether the form creates a key.
    pub is_new: bool,
}

impl FormPage {
    /// Returns the input type for the end date. Browsers show an empty date field for a value with
    /// a time of day and then submit it empty, so such a value needs a text field.
    fn end_input_type(&self) -> &'static str {
        if matches!(self.f.value("valid_until").len(), 0 | 10) { "date" } else { "text" }
    }
}

/// Returns whether the form shows errors beside the field of this name.
pub(super) fn has_field(name: &str) -> bool {
    name == PASSWORD || input::has_field::<SaveKey>(name)
}

fn form_page(app: &App, req: &HttpRequest, by: &SignedIn, key: &ApiKey, f: FormState) -> FormPage {
    let c = frame::of(req, app, &by.0);
    let title = c.t_with("api-keys-edit-title", &[("key", key.short())]);
    FormPage {
        c: below_list(c, title),
        f,
        action: format!("{OWN_ADDRESS}/{}", key.id),
        is_new: false,
    }
}

/// `GET /account/api-keys/{id}/edit`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: SignedIn,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let key =
        api_keys::find(snapshot.view(), &own_keys(&snapshot, &by).await?, ApiKeyId(*id)).await?;
    let mut f = FormState::new(AREA);
    f.set("label", &key.settings.label)
        .set("allowed_from", key.settings.allowed_from.to_string())
        .set("valid_until", key.settings.expiry_text())
        .set_checked("read_only", key.settings.read_only);
    Ok(respond::ok(&form_page(&app, &req, &by, &key, f)))
}

/// `POST /account/api-keys/{id}`
pub(super) async fn save(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: SignedIn,
    session: Session,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let key =
        api_keys::find(snapshot.view(), &own_keys(&snapshot, &by).await?, ApiKeyId(*id)).await?;
    match update(&app, &req, &by, &key, &form).await {
        Ok(key) => Ok(respond::redirect_with_flash(
            &session,
            OWN_ADDRESS,
            Flash::success("flash-api-key-saved").with("key", key.short()),
        )),
        Err(ServiceError::Invalid(wrong)) => {
            let mut page = form_page(&app, &req, &by, &key, FormState::posted(AREA, form.0));
            validation_errors::add_to_form(page.c.lang, &wrong, &mut page.f, has_field);
            Ok(respond::invalid(&page))
        }
        Err(error) => Err(error.into()),
    }
}

async fn update(
    app: &App,
    req: &HttpRequest,
    by: &SignedIn,
    key: &ApiKey,
    form: &VerifiedForm,
) -> Result<ApiKey, ServiceError> {
    let settings =
        SaveKey::settings(input::receive(form, None), &key.settings, app.env.clock.now())?;
    app.change(&extract::origin(req, app), async |cmd: Command<'_>| {
        api_keys::update(cmd, &by.0.actor, key.id, &settings).await
    })
    .await
}
