//! Editing a webhook, trying it, and giving it another secret.

use super::form::{self, FormPage};
use super::made;
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
use domain::id::WebhookId;
use domain::webhook::Webhook;
use services::app::App;
use services::webhooks::{self, SaveWebhook, WebhookInput};
use services::{Command, ServiceError};

fn form_page(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    f: FormState,
    webhook: Webhook,
) -> FormPage {
    let c = frame::of(req, app, by.account());
    let (title, above) = (
        c.t_with("webhooks-edit-title", &[("label", webhook.label.as_str())]),
        c.t("nav-webhooks"),
    );
    let (events, action) = (form::events(&c), format!("/webhooks/{}", webhook.id));
    FormPage {
        c: c.page(Section::Webhooks, title).crumb(above, "/webhooks"),
        f,
        action,
        events,
        webhook: Some(webhook),
    }
}

/// `GET /webhooks/{id}/edit`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let webhook = webhooks::get(app.look().await?.view(), WebhookId(*id)).await?;
    Ok(respond::ok(&form_page(&app, &req, &by, form::of(&webhook), webhook)))
}

/// `POST /webhooks/{id}`
pub(super) async fn save(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
    session: Session,
    form: Guarded,
) -> Result<HttpResponse, WebError> {
    let webhook = webhooks::get(app.look().await?.view(), WebhookId(*id)).await?;
    let form = original::merged(&form, &form::of(&webhook));
    match update(&app, &req, &by, webhook.id, &form).await {
        Ok(after) => Ok(respond::done(
            &session,
            "/webhooks",
            Flash::success("flash-webhooks-saved").with("label", after.label),
        )),
        Err(ServiceError::Invalid(wrong)) => {
            let mut page =
                form_page(&app, &req, &by, FormState::posted("webhooks", form.0), webhook);
            faults::into_form(page.c.lang, &wrong, &mut page.f, input::has_field::<SaveWebhook>);
            Ok(respond::invalid(&page))
        }
        Err(error) => Err(error.into()),
    }
}

async fn update(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    id: WebhookId,
    form: &Guarded,
) -> Result<Webhook, ServiceError> {
    let input = WebhookInput::of(input::receive(form, None))?;
    app.change(&origin(req, app), async |cmd: Command<'_>| {
        webhooks::update(cmd, by, id, &input).await
    })
    .await
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

/// `POST /webhooks/{id}/secret`
pub(super) async fn renew(
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
    Ok(made::page(&app, &req, &by, new))
}
