//! Language and theme.

use super::show;
use crate::app::App;
use crate::domain::account::{Language, Theme};
use crate::domain::fault::{Fault, FieldFaults};
use crate::services::Command;
use crate::services::account::update_self;
use crate::services::customers::SelfChange;
use crate::web::csrf::Guarded;
use crate::web::error::WebError;
use crate::web::extract::{self, SignedIn};
use crate::web::flash::Flash;
use crate::web::form::FormState;
use crate::web::respond;
use actix_session::SessionExt as _;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

/// Sets the language; the message already speaks it.
pub(super) async fn language(app: Data<App>, req: HttpRequest, by: SignedIn, form: Guarded) -> Result<HttpResponse, WebError> {
    let chosen = Language::parse(form.text("def_language"));
    let change = chosen.map(|language| SelfChange { language: Some(language), ..SelfChange::default() });
    save(&app, &req, &by, "def_language", change, "flash-language-set").await
}

/// Sets the theme.
pub(super) async fn theme(app: Data<App>, req: HttpRequest, by: SignedIn, form: Guarded) -> Result<HttpResponse, WebError> {
    let chosen = Theme::parse(form.text("theme"));
    let change = chosen.map(|theme| SelfChange { theme: Some(theme), ..SelfChange::default() });
    save(&app, &req, &by, "theme", change, "flash-theme-set").await
}

async fn save(
    app: &App,
    req: &HttpRequest,
    by: &SignedIn,
    field: &str,
    change: Result<SelfChange, Fault>,
    message: &str,
) -> Result<HttpResponse, WebError> {
    let change = match change {
        Ok(change) => change,
        Err(fault) => {
            let look = app.look().await?;
            let wrong = FieldFaults::one(field, fault);
            return Ok(show::invalid(req, app, &look.settings, &by.0, FormState::new("account"), &wrong));
        }
    };
    app.change(&extract::origin(req, app), async |cmd: Command<'_>| update_self(cmd, &by.0.actor, &change).await).await?;
    Ok(respond::done(&req.get_session(), "/account", Flash::success(message)))
}
