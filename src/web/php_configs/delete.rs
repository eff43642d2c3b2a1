//! Deleting a PHP configuration.

use crate::csrf::Guarded;
use crate::error::WebError;
use crate::extract::{AsServerAdmin, origin};
use crate::flash::Flash;
use crate::nav::Section;
use crate::page::Chrome;
use crate::{faults, frame, respond};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::fault::{Code, Fault};
use domain::id::PhpConfigId;
use domain::php_config::PhpConfig;
use services::app::App;
use services::php_configs;
use services::{Command, ServiceError, View};

#[derive(Template)]
#[template(path = "php_configs/delete.html")]
struct DeletePage {
    c: Chrome,
    config: PhpConfig,
    /// Why it cannot be deleted.
    obstacle: Option<String>,
}

async fn obstacle(view: View<'_>, config: &PhpConfig) -> Result<Option<Fault>, WebError> {
    let customers = php_configs::customers(view, config.id).await?;
    Ok((customers > 0).then(|| Fault::new(Code::InUse).with("count", customers)))
}

fn delete_page(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    config: PhpConfig,
    obstacle: Option<&Fault>,
) -> DeletePage {
    let c = frame::of(req, app, by.account());
    let obstacle = obstacle.map(|fault| faults::text(c.lang, fault));
    let (title, above) = (
        c.t_with("php-configs-delete-title", &[("name", config.description.as_str())]),
        c.t("nav-php-configs"),
    );
    DeletePage {
        c: c.page(Section::PhpConfigs, title).crumb(above, "/php-configs"),
        config,
        obstacle,
    }
}

/// `GET /php-configs/{id}/delete`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let config = php_configs::get(look.view(), PhpConfigId(*id)).await?;
    let obstacle = obstacle(look.view(), &config).await?;
    Ok(respond::ok(&delete_page(&app, &req, &by, config, obstacle.as_ref())))
}

/// `POST /php-configs/{id}/delete`
pub(super) async fn delete(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
    session: Session,
    _form: Guarded,
) -> Result<HttpResponse, WebError> {
    let id = PhpConfigId(*id);
    match app
        .change(&origin(&req, &app), async |cmd: Command<'_>| {
            php_configs::delete(cmd, &by, id).await
        })
        .await
    {
        Ok(gone) => Ok(respond::done(
            &session,
            "/php-configs",
            Flash::success("flash-php-configs-deleted").with("name", gone.description),
        )),
        Err(ServiceError::Refused(fault)) => {
            let config = php_configs::get(app.look().await?.view(), id).await?;
            Ok(respond::invalid(&delete_page(&app, &req, &by, config, Some(&fault))))
        }
        Err(error) => Err(error.into()),
    }
}
