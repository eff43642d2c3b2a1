//! The list of MySQL servers.

use crate::error::WebError;
use crate::extract::AsServerAdmin;
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::mysql::MysqlServer;
use services::app::App;
use services::mysql_servers;

#[derive(Template)]
#[template(path = "mysql_servers/list.html")]
struct ListPage {
    c: Chrome,
    rows: Vec<Row>,
}

struct Row {
    server: MysqlServer,
    customers: u64,
}

/// `GET /mysql-servers`
pub(super) async fn list(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let counts = mysql_servers::customer_counts(look.view()).await?;
    let all = mysql_servers::all(look.view()).await?;
    let row = |server: MysqlServer| Row {
        customers: counts.get(&server.id).copied().unwrap_or(0),
        server,
    };
    let rows = all.into_iter().map(row).collect();
    let c = frame::of(&req, &app, by.account());
    let (title, lead) = (c.t("nav-mysql-servers"), c.t("mysql-servers-lead"));
    Ok(respond::ok(&ListPage { c: c.page(Section::MysqlServers, title).lead(lead), rows }))
}
