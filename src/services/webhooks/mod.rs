//! Webhooks: whom to tell over HTTP of what happens to customers. For server admins only.

mod read;
mod requests;
mod write;

pub use read::{all, failed, forbidden, get, secret};
pub use requests::{SaveWebhook, WebhookInput};
pub use write::{Made, add, delete, renew_secret, send_test, update};

use domain::id::WebhookId;

/// What a secret is bound to when it is sealed: it opens for no other webhook.
fn seal_context(id: WebhookId) -> String {
    format!("webhook/{id}")
}
