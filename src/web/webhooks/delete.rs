//! Deleting a webhook.

use crate::csrf::Guarded;
use crate::error::WebError;
use crate::extract::{AsServerAdmin, origin};
use crate::flash::Flash;
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::id::WebhookId;
use domain::webhook::Webhook;
use services::Command;
use services::app::App;
use services::webhooks;

#[derive(Template)]
#[template(path = "webhooks/delete.html")]
struct DeletePage {
    c: Chrome,
    webhook: Webhook,
}

/// `GET /webhooks/{id}/delete`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let webhook = webhooks::get(app.look().await?.view(), WebhookId(*id)).await?;
    let c = frame::of(&req, &app, by.account());
    let (title, above) = (
        c.t_with("webhooks-delete-title", &[("label", webhook.label.as_str())]),
        c.t("nav-webhooks"),
    );
    Ok(respond::ok(&DeletePage {
        c: c.page(Section::Webhooks, title).crumb(above, "/webhooks"),
        webhook,
    }))
}

/// `POST /webhooks/{id}/delete`
pub(super) async fn delete(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
    session: Session,
    _form: Guarded,
) -> Result<HttpResponse, WebError> {
    let id = WebhookId(*id);
    let gone = app
        .change(&origin(&req, &app), async |cmd: Command<'_>| webhooks::delete(cmd, &by, id).await)
        .await?;
    Ok(respond::done(
        &session,
        "/webhooks",
        Flash::success("flash-webhooks-deleted").with("label", gone.label),
    ))
}
