//! The list of webhooks.

use crate::error::WebError;
use crate::extract::AsServerAdmin;
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::webhook::Webhook;
use services::app::App;
use services::webhooks;

#[derive(Template)]
#[template(path = "webhooks/list.html")]
struct ListPage {
    c: Chrome,
    rows: Vec<Row>,
    hooks_dir: String,
}

struct Row {
    webhook: Webhook,
    /// Number of deliveries that were given up.
    failed: u64,
    /// Private address in the URL, if the settings forbid deliveries to it; `None` otherwise.
    forbidden_address: Option<String>,
}

/// `GET /webhooks`
pub(super) async fn list(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let failed = webhooks::failed_counts(snapshot.view(), &by).await?;
    let all = webhooks::all(snapshot.view(), &by).await?;
    let row = |webhook: Webhook| Row {
        failed: failed.get(&webhook.id).copied().unwrap_or(0),
        forbidden_address: webhooks::private_address(snapshot.view().settings, &webhook.url),
        webhook,
    };
    let rows = all.into_iter().map(row).collect();
    let c = frame::of(&req, &app, by.account());
    let (title, lead) = (c.t("nav-webhooks"), c.t("webhooks-lead"));
    let hooks_dir = app.env.hooks_dir.display().to_string();
    Ok(respond::ok(&ListPage { c: c.page(Section::Webhooks, title).lead(lead), rows, hooks_dir }))
}
