//! Editing a MySQL server.

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
use domain::id::MysqlServerId;
use domain::mysql::MysqlServer;
use services::app::App;
use services::mysql_servers::{self, MysqlServerInput, SaveMysqlServer};
use services::{Command, ServiceError};

fn form_page(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    f: FormState,
    server: &MysqlServer,
) -> FormPage {
    let c = frame::of(req, app, by.account());
    let (title, above) = (
        c.t_with("mysql-servers-edit-title", &[("name", server.name.as_str())]),
        c.t("nav-mysql-servers"),
    );
    let (action, administered) = (format!("/mysql-servers/{}", server.id), server.administered);
    FormPage {
        c: c.page(Section::MysqlServers, title).crumb(above, "/mysql-servers"),
        f,
        action,
        administered,
    }
}

/// `GET /mysql-servers/{id}/edit`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let server = mysql_servers::get(app.look().await?.view(), MysqlServerId(*id)).await?;
    Ok(respond::ok(&form_page(&app, &req, &by, form::of(&server), &server)))
}

/// `POST /mysql-servers/{id}`
pub(super) async fn save(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
    session: Session,
    form: Guarded,
) -> Result<HttpResponse, WebError> {
    let server = mysql_servers::get(app.look().await?.view(), MysqlServerId(*id)).await?;
    let form = original::merged(&form, &form::of(&server));
    match update(&app, &req, &by, server.id, &form).await {
        Ok(after) => Ok(respond::done(
            &session,
            "/mysql-servers",
            Flash::success("flash-mysql-servers-saved").with("name", after.name),
        )),
        Err(ServiceError::Invalid(wrong)) => {
            let mut page =
                form_page(&app, &req, &by, FormState::posted("mysql-servers", form.0), &server);
            faults::into_form(
                page.c.lang,
                &wrong,
                &mut page.f,
                input::has_field::<SaveMysqlServer>,
            );
            Ok(respond::invalid(&page))
        }
        Err(error) => Err(error.into()),
    }
}

async fn update(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    id: MysqlServerId,
    form: &Guarded,
) -> Result<MysqlServer, ServiceError> {
    let input = MysqlServerInput::of(input::receive(form, None))?;
    app.change(&origin(req, app), async |cmd: Command<'_>| {
        mysql_servers::save(cmd, by, Some(id), &input).await
    })
    .await
}
