//! Deleting a MySQL server.

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
use domain::id::MysqlServerId;
use domain::mysql::MysqlServer;
use services::app::App;
use services::mysql_servers;
use services::{Command, ServiceError, View};

#[derive(Template)]
#[template(path = "mysql_servers/delete.html")]
struct DeletePage {
    c: Chrome,
    server: MysqlServer,
    /// Why it cannot be deleted.
    obstacle: Option<String>,
}

async fn obstacle(view: View<'_>, server: &MysqlServer) -> Result<Option<Fault>, WebError> {
    if server.id == mysql_servers::DEFAULT {
        return Ok(Some(Fault::new(Code::CannotDeleteDefaultServer)));
    }
    let customers = mysql_servers::customers(view, server.id).await?;
    Ok((customers > 0).then(|| Fault::new(Code::InUse).with("count", customers)))
}

fn delete_page(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    server: MysqlServer,
    obstacle: Option<&Fault>,
) -> DeletePage {
    let c = frame::of(req, app, by.account());
    let obstacle = obstacle.map(|fault| faults::text(c.lang, fault));
    let (title, above) = (
        c.t_with("mysql-servers-delete-title", &[("name", server.name.as_str())]),
        c.t("nav-mysql-servers"),
    );
    DeletePage {
        c: c.page(Section::MysqlServers, title).crumb(above, "/mysql-servers"),
        server,
        obstacle,
    }
}

/// `GET /mysql-servers/{id}/delete`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let server = mysql_servers::get(look.view(), MysqlServerId(*id)).await?;
    let obstacle = obstacle(look.view(), &server).await?;
    Ok(respond::ok(&delete_page(&app, &req, &by, server, obstacle.as_ref())))
}

/// `POST /mysql-servers/{id}/delete`
pub(super) async fn delete(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
    session: Session,
    _form: Guarded,
) -> Result<HttpResponse, WebError> {
    let id = MysqlServerId(*id);
    match app
        .change(&origin(&req, &app), async |cmd: Command<'_>| {
            mysql_servers::delete(cmd, &by, id).await
        })
        .await
    {
        Ok(gone) => Ok(respond::done(
            &session,
            "/mysql-servers",
            Flash::success("flash-mysql-servers-deleted").with("name", gone.name),
        )),
        Err(ServiceError::Refused(fault)) => {
            let server = mysql_servers::get(app.look().await?.view(), id).await?;
            Ok(respond::invalid(&delete_page(&app, &req, &by, server, Some(&fault))))
        }
        Err(error) => Err(error.into()),
    }
}
