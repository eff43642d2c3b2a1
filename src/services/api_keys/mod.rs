//! Keys of the API. Whoever may use the API makes, changes and revokes his own; a manager sees and
//! revokes those of his customers, a server admin those of other admins. A secret is its owner's:
//! nobody makes one for somebody else.

mod add;
mod keyring;
mod listing;
mod requests;
mod update;

pub use add::{NewKey, add};
pub use keyring::Keyring;
pub use listing::{Summary, find, listing, summary};
pub use requests::SaveKey;
pub use update::{revoke, update};

use super::audit::{Change, Target};
use crate::audit::Action;
use domain::api_key::ApiKey;
use serde_json::{Map, Value, json};

/// The most keys of one account.
pub const MOST: u64 = 50;

/// What the trail keeps of a key: everything but its secret, and of the key only how it begins.
fn snapshot(key: &ApiKey) -> Map<String, Value> {
    let terms = &key.terms;
    let values = [
        ("api_key", json!(key.short())),
        ("label", json!(terms.label)),
        ("allowed_from", json!(terms.allowed_from.to_string())),
        ("valid_until", json!(terms.end_text())),
        ("read_only", json!(terms.read_only)),
    ];
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The same thing done to a key of a customer or of an admin.
fn noted(
    target: &Target,
    actions: (Action, Action),
    before: Option<Value>,
    after: Option<Value>,
) -> Change {
    let (of_customer, of_admin) = actions;
    Change { action: if target.is_customer() { of_customer } else { of_admin }, before, after }
}
