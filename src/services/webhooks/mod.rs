//! Webhooks: HTTP endpoints that receive events about customers. Only server admins manage them.

mod read;
mod requests;
mod write;

pub use read::{all, failed_counts, get, private_address, secret};
pub use requests::{SaveWebhook, WebhookInput};
pub use write::{WebhookWithSecret, add, delete, renew_secret, send_test, update};

use domain::id::WebhookId;

/// Returns the context that a sealed secret is bound to, so that it opens for its own webhook only.
fn seal_context(id: WebhookId) -> String {
    format!("webhook/{id}")
}
