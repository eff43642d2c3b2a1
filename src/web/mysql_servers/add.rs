//! Adding a MySQL server.

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
use domain::mysql::MysqlServer;
use services::app::App;
use services::mysql_servers::{self, MysqlServerInput, SaveMysqlServer};
use services::{Command, ServiceError};

fn form_page(app: &App, req: &HttpRequest, by: &AsServerAdmin, f: FormState) -> FormPage {
    let c = frame::of(req, app, by.account());
    let (title, above) = (c.t("mysql-servers-add"), c.t("nav-mysql-servers"));
    FormPage {
        c: c.page(Section::MysqlServers, title).crumb(above, "/mysql-servers"),
        f,
        action: "/mysql-servers".to_owned(),
        administered: false,
    }
}

/// `GET /mysql-servers/new`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let mut f = FormState::new("mysql-servers");
    f.set("submission", submission::token(&app));
    f.set("port", 3306).set("access_hosts", "localhost");
    Ok(respond::ok(&form_page(&app, &req, &by, f)))
}

/// `POST /mysql-servers`
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
        Once::Made(server) => {
            return Ok(respond::done(
                &session,
                "/mysql-servers",
                Flash::success("flash-mysql-servers-added").with("name", server.name),
            ));
        }
        Once::Failed(error) => error,
    };
    let ServiceError::Invalid(wrong) = error else { return Err(error.into()) };
    let mut page = form_page(&app, &req, &by, FormState::posted("mysql-servers", form.0));
    faults::into_form(page.c.lang, &wrong, &mut page.f, input::has_field::<SaveMysqlServer>);
    Ok(respond::invalid(&page))
}

async fn add(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    form: &Guarded,
) -> Result<MysqlServer, ServiceError> {
    let input = MysqlServerInput::of(input::receive(form, None))?;
    app.change(&origin(req, app), async |cmd: Command<'_>| {
        let server = mysql_servers::save(cmd, by, None, &input).await?;
        submission::note(cmd, by.manager().login(), form, "/mysql-servers").await?;
        Ok(server)
    })
    .await
}
