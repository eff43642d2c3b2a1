//! API keys. Accounts that may use the API create, change and revoke their own keys. Managers read
//! and revoke the keys of their customers; server admins also those of other admins. No account
//! creates a key for another account, because only the account itself may know the secret.

mod account_keys;
mod add;
mod listing;
mod requests;
mod update;

pub use account_keys::AccountKeys;
pub use add::{NewKey, add};
pub use listing::{Summary, find, listing, summary};
pub use requests::SaveKey;
pub use update::{revoke, update};

use super::audit::{Change, Target};
use crate::audit::Action;
use domain::api_key::ApiKey;
use serde_json::{Map, Value, json};

/// Maximum number of keys of one account.
pub const MAX_KEYS: u64 = 50;

/// Returns the snapshot of a key for the audit log: its settings and the beginning of the key, but
/// not the secret.
fn snapshot(key: &ApiKey) -> Map<String, Value> {
    let settings = &key.settings;
    let values = [
        ("api_key", json!(key.short())),
        ("label", json!(settings.label)),
        ("allowed_from", json!(settings.allowed_from.to_string())),
        ("valid_until", json!(settings.expiry_text())),
        ("read_only", json!(settings.read_only)),
    ];
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Returns the audit change of a key. The first action is for keys of customers, the second for
/// keys of admins.
fn audit_change(
    target: &Target,
    actions: (Action, Action),
    before: Option<Value>,
    after: Option<Value>,
) -> Change {
    let (of_customer, of_admin) = actions;
    Change { action: if target.is_customer() { of_customer } else { of_admin }, before, after }
}
