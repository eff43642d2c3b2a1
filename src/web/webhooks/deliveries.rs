//! The list of deliveries and their states.

use crate::codes;
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{AsServerAdmin, origin};
use crate::flash::Flash;
use crate::form::{Choice, FormState};
use crate::nav::Section;
use crate::page::Chrome;
use crate::query::Query;
use crate::table::ListState;
use crate::{frame, respond};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::delivery::{DeliveryFilter, DeliverySummary, Endpoint};
use domain::id::{DeliveryId, WebhookId};
use domain::job::JobState;
use services::app::App;
use services::events;
use services::{Command, webhooks};

struct Row {
    line: DeliverySummary,
    event: String,
    endpoint: String,
}

impl Row {
    /// Returns the state of the delivery. A completed delivery remains completed after its job was
    /// deleted.
    fn state(&self) -> &'static str {
        match self.line.state {
            Some(state) => state.code(),
            None if self.line.delivery.delivered_at.is_some() => JobState::Done.code(),
            None => "discarded",
        }
    }

    fn can_be_sent_again(&self) -> bool {
        self.line.state != Some(JobState::Running)
    }
}

#[derive(Template)]
#[template(path = "webhooks/deliveries.html")]
struct DeliveriesPage {
    c: Chrome,
    l: ListState,
    f: FormState,
    webhooks: Vec<Choice>,
    states: Vec<Choice>,
    rows: Vec<Row>,
}

/// `GET /webhooks/deliveries`
pub(super) async fn list(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let view = snapshot.view();
    let query = Query::of(&req);
    // An invalid id matches no webhook, because ignoring it would show all deliveries.
    let webhook = Some(query.text("webhook"))
        .filter(|id| !id.is_empty())
        .map(|id| WebhookId(id.parse().unwrap_or(-1)));
    let filter = DeliveryFilter { webhook, state: JobState::parse(query.text("state")) };
    let mut l =
        query.list("/webhooks/deliveries", &["webhook", "state"], snapshot.settings.page_size());
    let mut page = events::listing(view, &by, &filter, l.per_page, l.offset()).await?;
    if l.set_total(page.total) {
        page = events::listing(view, &by, &filter, l.per_page, l.offset()).await?;
    }
    let webhooks = webhooks::all(view, &by)
        .await?
        .into_iter()
        .map(|one| Choice::new(one.id.to_string(), one.label))
        .collect();
    let c = frame::of(&req, &app, by.account());
    let states = JobState::ALL
        .iter()
        .map(|state| Choice::new(state.code(), c.t(&format!("deliveries-state-{}", state.code()))))
        .collect();
    let mut f = FormState::new("deliveries");
    f.set("webhook", query.text("webhook")).set("state", query.text("state"));
    let (title, lead) = (c.t("deliveries-title"), c.t("deliveries-lead"));
    let rows = page.items.into_iter().map(|line| row(&c, line)).collect();
    let c = c.below(Section::Webhooks, title).lead(lead);
    Ok(respond::ok(&DeliveriesPage { c, l, f, webhooks, states, rows }))
}

fn row(c: &Chrome, line: DeliverySummary) -> Row {
    let endpoint = match &line.delivery.endpoint {
        Endpoint::Webhook(id) => line.label.clone().unwrap_or_else(|| id.to_string()),
        Endpoint::Hook(name) => c.t_with("deliveries-hook", &[("name", name.as_str())]),
    };
    Row { event: codes::event(c.lang, &line.event.name), endpoint, line }
}

/// `POST /webhooks/deliveries/{id}/again`
pub(super) async fn send_again(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
    session: Session,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let id = DeliveryId(*id);
    let event = app
        .change(&origin(&req, &app), async |cmd: Command<'_>| {
            events::send_again(cmd, &by, id).await
        })
        .await?;
    let state = JobState::parse(form.text("state")).map_or("", JobState::code);
    let kept = [("webhook", form.text("webhook")), ("state", state)]
        .into_iter()
        .filter(|(_, value)| !value.is_empty());
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
    let to = format!("/webhooks/deliveries?{query}");
    Ok(respond::redirect_with_flash(
        &session,
        to.trim_end_matches('?'),
        Flash::success("flash-deliveries-again").with("subject", event.subject),
    ))
}
