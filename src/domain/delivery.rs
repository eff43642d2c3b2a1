//! Deliveries: one event for one endpoint.

use super::event::EventRecord;
use super::id::{DeliveryId, EventId, JobId, WebhookId};
use super::job::JobState;
use jiff::Timestamp;

/// The destination of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    Webhook(WebhookId),
    /// An executable in the hooks directory, by name.
    Hook(String),
}

impl Endpoint {
    /// Returns the code as stored.
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
    pub id: DeliveryId,
    pub event: EventId,
    pub endpoint: Endpoint,
    /// The job that delivers the event; `None` if the job has been deleted.
    pub job: Option<JobId>,
    /// Last response of the endpoint: HTTP status or exit code.
    pub last_status: Option<i32>,
    /// Time at which the endpoint accepted the event; `None` if it has not.
    pub delivered_at: Option<Timestamp>,
    /// Time of the event.
    pub created_at: Timestamp,
}

/// A delivery as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliverySummary {
    pub delivery: Delivery,
    pub event: EventRecord,
    /// Name of the webhook; `None` for an executable.
    pub label: Option<String>,
    /// State of the job; `None` if the job has been deleted.
    pub state: Option<JobState>,
    pub attempts: u32,
    /// Time of the next attempt.
    pub run_at: Option<Timestamp>,
    pub last_error: Option<String>,
}

/// Selects deliveries for a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryFilter {
    pub webhook: Option<WebhookId>,
    /// Only deliveries whose job is in this state.
    pub state: Option<JobState>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_have_stable_codes() {
        assert_eq!(Endpoint::Webhook(WebhookId(7)).code(), "webhook/7");
        assert_eq!(Endpoint::Hook("notify.sh".to_owned()).code(), "hook/notify.sh");
    }
}
