//! Changes the language and theme of the signed-in account.

use super::show;
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, SignedIn};
use crate::flash::Flash;
use crate::form::FormState;
use crate::respond;
use actix_session::SessionExt as _;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::account::{Language, Theme};
use domain::validation::{FieldErrors, ValidationError};
use services::Command;
use services::account::update_self;
use services::app::App;
use services::customers::SelfChange;

/// Sets the language. The flash message appears in the new language.
pub(super) async fn set_language(
    app: Data<App>,
    req: HttpRequest,
    by: SignedIn,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let chosen = Language::parse(form.text("def_language"));
    let change =
        chosen.map(|language| SelfChange { language: Some(language), ..SelfChange::default() });
    save(&app, &req, &by, "def_language", change, "flash-language-set").await
}

pub(super) async fn set_theme(
    app: Data<App>,
    req: HttpRequest,
    by: SignedIn,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let chosen = Theme::parse(form.text("theme"));
    let change = chosen.map(|theme| SelfChange { theme: Some(theme), ..SelfChange::default() });
    save(&app, &req, &by, "theme", change, "flash-theme-set").await
}

async fn save(
    app: &App,
    req: &HttpRequest,
    by: &SignedIn,
    field: &str,
    change: Result<SelfChange, ValidationError>,
    message: &str,
) -> Result<HttpResponse, WebError> {
    let change = match change {
        Ok(change) => change,
        Err(error) => {
            let snapshot = app.open_view().await?;
            let wrong = FieldErrors::one(field, error);
            return Ok(show::invalid(
                req,
                app,
                &snapshot.settings,
                &by.0,
                FormState::new("account"),
                &wrong,
            ));
        }
    };
    app.change(&extract::origin(req, app), async |cmd: Command<'_>| {
        update_self(cmd, &by.0.actor, &change).await
    })
    .await?;
    Ok(respond::redirect_with_flash(&req.get_session(), "/account", Flash::success(message)))
}
