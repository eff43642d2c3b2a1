//! The form that adds or edits a webhook, its secret, and the confirmation that deletes it.

use crate::codes;
use crate::crud::form::{Action, Editable};
use crate::crud::{Impact, Record};
use crate::csrf::VerifiedForm;
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
use domain::id::WebhookId;
use domain::request::Received;
use domain::validation::FieldErrors;
use domain::webhook::Webhook;
use services::app::App;
use services::webhooks::{self, SaveWebhook, WebhookInput, WebhookWithSecret};
use services::{Command, Outcome, View};

impl Record for Webhook {
    type By = AsServerAdmin;
    type Key = i64;
    const AREA: &'static str = "webhooks";
    const SECTION: Section = Section::Webhooks;
    const HAS_PAGE: bool = false;

    fn address(&self) -> String {
        format!("/webhooks/{}", self.id)
    }

    fn name(&self) -> &str {
        &self.label
    }

    async fn get(view: View<'_>, _: &AsServerAdmin, id: i64) -> Outcome<Self> {
        webhooks::get(view, WebhookId(id)).await
    }

    async fn impact(&self, _: View<'_>, _: &AsServerAdmin, c: &Chrome) -> Outcome<Impact> {
        Ok(Impact::new(c.t("webhooks-delete-text")))
    }

    async fn delete(&self, cmd: Command<'_>, by: &AsServerAdmin) -> Outcome<Self> {
        webhooks::delete(cmd, by, self.id).await
    }
}

impl Editable for Webhook {
    type Request = SaveWebhook;
    type Input = WebhookInput;
    type Added = WebhookWithSecret;

    fn fields(c: &Chrome, _: Option<&Self>) -> Vec<Field> {
        let event = |name: EventName| Choice::new(name.code(), codes::event(c.lang, name.code()));
        let events = EventName::ALL.into_iter().map(event).collect();
        vec![
            Field::new("label", Widget::Input("text")).required().max(100).wide(),
            Field::new("url", Widget::Input("url"))
                .required()
                .max(2000)
                .placeholder("https://")
                .wide(),
            Field::new("events", Widget::Checks(events)),
            Field::new("enabled", Widget::Switch).wide(),
        ]
    }

    fn fill_new(form: &mut FormState) {
        form.set("enabled", 1);
        for name in EventName::ALL {
            form.add("events", name.code());
        }
    }

    fn fill(&self, form: &mut FormState) {
        form.set("label", &self.label).set("url", &self.url).set("enabled", u8::from(self.enabled));
        for name in &self.events {
            form.add("events", name.code());
        }
    }

    fn actions(&self, c: &Chrome) -> Vec<Action> {
        vec![Action {
            title: c.t("webhooks-secret"),
            text: c.t("webhooks-secret-text"),
            path: "secret",
            icon: "key",
            label: c.t("webhooks-secret-renew"),
        }]
    }

    fn read(received: Received<SaveWebhook>) -> Result<WebhookInput, FieldErrors> {
        WebhookInput::of(received)
    }

    async fn add(
        cmd: Command<'_>,
        by: &AsServerAdmin,
        input: &WebhookInput,
    ) -> Outcome<WebhookWithSecret> {
        webhooks::add(cmd, by, input).await
    }

    async fn update(
        &self,
        cmd: Command<'_>,
        by: &AsServerAdmin,
        input: &WebhookInput,
    ) -> Outcome<Self> {
        webhooks::update(cmd, by, self.id, input).await
    }

    fn added_response(
        added: WebhookWithSecret,
        app: &App,
        req: &HttpRequest,
        by: &AsServerAdmin,
        _: &Session,
    ) -> HttpResponse {
        secret_page(app, req, by, added)
    }
}

#[derive(Template)]
#[template(path = "webhooks/secret.html")]
struct SecretPage {
    c: Chrome,
    webhook: WebhookWithSecret,
}

/// Returns the page with the new secret. The secret is shown only once, and a redirect would lose
/// it.
fn secret_page(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    webhook: WebhookWithSecret,
) -> HttpResponse {
    let c = frame::of(req, app, by.account());
    let title = c.t_with("webhooks-made", &[("label", webhook.webhook.label.as_str())]);
    respond::ok(&SecretPage { c: c.below(Section::Webhooks, title), webhook })
}

/// `POST /webhooks/{id}/secret`
pub(super) async fn renew_secret(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
    _form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let id = WebhookId(*id);
    let new = app
        .change(&origin(&req, &app), async |cmd: Command<'_>| {
            webhooks::renew_secret(cmd, &by, id).await
        })
        .await?;
    Ok(secret_page(&app, &req, &by, new))
}

/// `POST /webhooks/{id}/test`
pub(super) async fn test(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
    session: Session,
    _form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let id = WebhookId(*id);
    let webhook = app
        .change(&origin(&req, &app), async |cmd: Command<'_>| {
            webhooks::send_test(cmd, &by, id).await
        })
        .await?;
    let to = format!("/webhooks/deliveries?webhook={id}");
    Ok(respond::redirect_with_flash(
        &session,
        &to,
        Flash::success("flash-webhooks-tested").with("label", webhook.label),
    ))
}
