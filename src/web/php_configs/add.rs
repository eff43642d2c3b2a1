//! Adding a PHP configuration.

use super::form::FormPage;
use crate::csrf::Guarded;
use crate::error::WebError;
use crate::extract::{AsServerAdmin, origin};
use crate::flash::Flash;
use crate::form::FormState;
use crate::input;
use crate::nav::Section;
use crate::submission::{self, Once};
use crate::{faults, frame, respond};
use actix_session::Session;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::php_config::PhpConfig;
use services::app::App;
use services::php_configs::{self, PhpConfigInput, SavePhpConfig};
use services::{Command, ServiceError};

fn form_page(app: &App, req: &HttpRequest, by: &AsServerAdmin, f: FormState) -> FormPage {
    let c = frame::of(req, app, by.account());
    let (title, above) = (c.t("php-configs-add"), c.t("nav-php-configs"));
    FormPage {
        c: c.page(Section::PhpConfigs, title).crumb(above, "/php-configs"),
        f,
        action: "/php-configs".to_owned(),
    }
}

/// `GET /php-configs/new`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let mut f = FormState::new("php-configs");
    f.set("submission", submission::token(&app));
    Ok(respond::ok(&form_page(&app, &req, &by, f)))
}

/// `POST /php-configs`
pub(super) async fn create(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
    session: Session,
    form: Guarded,
) -> Result<HttpResponse, WebError> {
    let error = match submission::once(&app, by.manager().login(), &form, async || {
        add(&app, &req, &by, &form).await
    })
    .await?
    {
        Once::Earlier(answer) => return Ok(answer),
        Once::Made(config) => {
            return Ok(respond::done(
                &session,
                "/php-configs",
                Flash::success("flash-php-configs-added").with("name", config.description),
            ));
        }
        Once::Failed(error) => error,
    };
    let ServiceError::Invalid(wrong) = error else { return Err(error.into()) };
    let mut page = form_page(&app, &req, &by, FormState::posted("php-configs", form.0));
    faults::into_form(page.c.lang, &wrong, &mut page.f, input::has_field::<SavePhpConfig>);
    Ok(respond::invalid(&page))
}

async fn add(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    form: &Guarded,
) -> Result<PhpConfig, ServiceError> {
    let input = PhpConfigInput::of(input::receive(form, None))?;
    app.change(&origin(req, app), async |cmd: Command<'_>| {
        let config = php_configs::save(cmd, by, None, &input).await?;
        submission::note(cmd, by.manager().login(), form, "/php-configs").await?;
        Ok(config)
    })
    .await
}
