//! Deliveries: one event for one endpoint.

use super::event::EventRecord;
use super::id::{DeliveryId, EventId, JobId, WebhookId};
use super::job::JobState;
use jiff::Timestamp;

/// Where an event is delivered to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// A webhook.
    Webhook(WebhookId),
    /// An executable of the hooks directory, by name.
    Hook(String),
}

impl Endpoint {
    /// Returns the text as stored.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Webhook(id) => format!("webhook/{id}"),
            Self::Hook(name) => format!("hook/{name}"),
        }
    }
}

/// A delivery and its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Id.
    pub id: DeliveryId,
    /// The event.
    pub event: EventId,
    /// The endpoint.
    pub endpoint: Endpoint,
    /// The job that delivers, while it is kept.
    pub job: Option<JobId>,
    /// The last answer of the endpoint: HTTP status or exit code.
    pub last_status: Option<i32>,
    /// When the endpoint accepted the event.
    pub delivered_at: Option<Timestamp>,
    /// When the event happened.
    pub created_at: Timestamp,
}

/// A delivery as a row of the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliverySummary {
    /// The delivery.
    pub delivery: Delivery,
    /// The event.
    pub event: EventRecord,
    /// Name of the webhook.
    pub label: Option<String>,
    /// State of the job.
    pub state: Option<JobState>,
    /// Number of attempts.
    pub attempts: u32,
    /// Time of the next attempt.
    pub run_at: Option<Timestamp>,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
}

/// Selects deliveries for a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryFilter {
    /// Only deliveries to this webhook.
    pub webhook: Option<WebhookId>,
    /// Only deliveries whose job is in this state.
    pub state: Option<JobState>,
}
