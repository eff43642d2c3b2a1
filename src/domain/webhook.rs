//! Webhooks: endpoints that receive events over HTTP.

use super::event::EventName;
use super::id::WebhookId;
use jiff::Timestamp;

/// A webhook, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Id.
    pub id: WebhookId,
    /// Name that people read.
    pub label: String,
    /// Address that events are sent to.
    pub url: String,
    /// The events that are sent.
    pub events: Vec<EventName>,
    /// Whether events are sent at all.
    pub enabled: bool,
    /// Time of creation.
    pub created_at: Timestamp,
}
