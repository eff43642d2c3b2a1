//! The list of PHP configurations.

use crate::error::WebError;
use crate::extract::AsServerAdmin;
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::php_config::PhpConfig;
use services::app::App;
use services::php_configs;

#[derive(Template)]
#[template(path = "php_configs/list.html")]
struct ListPage {
    c: Chrome,
    rows: Vec<Row>,
}

struct Row {
    config: PhpConfig,
    customers: u64,
}

/// `GET /php-configs`
pub(super) async fn list(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    let counts = php_configs::customer_counts(look.view()).await?;
    let all = php_configs::all(look.view()).await?;
    let row =
        |config: PhpConfig| Row { customers: counts.get(&config.id).copied().unwrap_or(0), config };
    let rows = all.into_iter().map(row).collect();
    let c = frame::of(&req, &app, by.account());
    let (title, lead) = (c.t("nav-php-configs"), c.t("php-configs-lead"));
    Ok(respond::ok(&ListPage { c: c.page(Section::PhpConfigs, title).lead(lead), rows }))
}
