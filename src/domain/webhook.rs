//! Webhooks: endpoints that receive events over HTTP.

use super::event::EventName;
use super::id::WebhookId;
use jiff::Timestamp;

/// A webhook. The type does not hold the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    pub id: WebhookId,
    /// Display name.
    pub label: String,
    /// URL that events are sent to.
    pub url: String,
    pub events: Vec<EventName>,
    /// Whether the webhook is active.
    pub enabled: bool,
    pub created_at: Timestamp,
}
