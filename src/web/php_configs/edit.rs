//! Editing a PHP configuration.

use super::form::{self, FormPage};
use crate::csrf::Guarded;
use crate::error::WebError;
use crate::extract::{AsServerAdmin, origin};
use crate::flash::Flash;
use crate::form::FormState;
use crate::input;
use crate::nav::Section;
use crate::{faults, frame, original, respond};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::id::PhpConfigId;
use domain::php_config::PhpConfig;
use services::app::App;
use services::php_configs::{self, PhpConfigInput, SavePhpConfig};
use services::{Command, ServiceError};

fn form_page(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    f: FormState,
    config: &PhpConfig,
) -> FormPage {
    let c = frame::of(req, app, by.account());
    let (title, above) = (
        c.t_with("php-configs-edit-title", &[("name", config.description.as_str())]),
        c.t("nav-php-configs"),
    );
    FormPage {
        c: c.page(Section::PhpConfigs, title).crumb(above, "/php-configs"),
        f,
        action: format!("/php-configs/{}", config.id),
    }
}

/// `GET /php-configs/{id}/edit`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let config = php_configs::get(app.look().await?.view(), PhpConfigId(*id)).await?;
    Ok(respond::ok(&form_page(&app, &req, &by, form::of(&config), &config)))
}

/// `POST /php-configs/{id}`
pub(super) async fn save(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
    session: Session,
    form: Guarded,
) -> Result<HttpResponse, WebError> {
    let config = php_configs::get(app.look().await?.view(), PhpConfigId(*id)).await?;
    let form = original::merged(&form, &form::of(&config));
    match update(&app, &req, &by, config.id, &form).await {
        Ok(after) => Ok(respond::done(
            &session,
            "/php-configs",
            Flash::success("flash-php-configs-saved").with("name", after.description),
        )),
        Err(ServiceError::Invalid(wrong)) => {
            let mut page =
                form_page(&app, &req, &by, FormState::posted("php-configs", form.0), &config);
            faults::into_form(page.c.lang, &wrong, &mut page.f, input::has_field::<SavePhpConfig>);
            Ok(respond::invalid(&page))
        }
        Err(error) => Err(error.into()),
    }
}

async fn update(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    id: PhpConfigId,
    form: &Guarded,
) -> Result<PhpConfig, ServiceError> {
    let input = PhpConfigInput::of(input::receive(form, None))?;
    app.change(&origin(req, app), async |cmd: Command<'_>| {
        php_configs::save(cmd, by, Some(id), &input).await
    })
    .await
}
