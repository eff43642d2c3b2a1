//! The form of a webhook, its secret, and the confirmation to delete it.

use crate::codes;
use crate::crud::form::{Action, Editable};
use crate::crud::{Impact, Record};
use crate::csrf::Guarded;
use crate::error::WebError;
use crate::extract::{AsServerAdmin, origin};
use crate::flash::Flash;
use crate::form::{Choice, Field, FormState, Widget};
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::event::EventName;
use domain::fault::FieldFaults;
use domain::id::WebhookId;
use domain::request::Received;
use domain::webhook::Webhook;
use services::app::App;
use services::webhooks::{self, Made, SaveWebhook, WebhookInput};
use services::{Command, Outcome, View};

#[derive(Template)]
#[template(path = "webhooks/made.html")]
struct MadePage {
    c: Chrome,
    made: Made,
}

/// Shows the new secret, this once. A redirect would lose it.
fn made_page(app: &App, req: &HttpRequest, by: &AsServerAdmin, made: Made) -> HttpResponse {
    let c = frame::of(req, app, by.account());
    let (title, above) =
        (c.t_with("webhooks-made", &[("label", made.webhook.label.as_str())]), c.t("nav-webhooks"));
    respond::ok(&MadePage { c: c.page(Section::Webhooks, title).crumb(above, "/webhooks"), made })
}

/// `POST /webhooks/{id}/secret`
pub(super) async fn renew_secret(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
    _form: Guarded,
) -> Result<HttpResponse, WebError> {
    let id = WebhookId(*id);
    let new = app
        .change(&origin(&req, &app), async |cmd: Command<'_>| {
            webhooks::renew_secret(cmd, &by, id).await
        })
        .await?;
    Ok(made_page(&app, &req, &by, new))
}

/// `POST /webhooks/{id}/test`
pub(super) async fn test(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
    session: Session,
    _form: Guarded,
) -> Result<HttpResponse, WebError> {
    let id = WebhookId(*id);
    let webhook = app
        .change(&origin(&req, &app), async |cmd: Command<'_>| {
            webhooks::send_test(cmd, &by, id).await
        })
        .await?;
    let to = format!("/webhooks/deliveries?webhook={id}");
    Ok(respond::done(
        &session,
        &to,
        Flash::success("flash-webhooks-tested").with("label", webhook.label),
    ))
}
