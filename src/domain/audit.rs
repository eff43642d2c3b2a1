//! Entries of the audit log.

use super::id::AdminId;
use jiff::Timestamp;

/// A change in the audit log. Entries hold copies instead of references, so they outlive the rows
/// that they describe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    pub at: Timestamp,
    /// `admin`, `customer`, `acting` (an admin who acts as a customer) or `system`.
    pub actor_kind: String,
    /// Id of the admin or customer who acted; `None` for `system`.
    pub actor_id: Option<i64>,
    pub actor_name: String,
    /// Entry point: `web`, `api`, `cli` or `worker`.
    pub entry_point: String,
    /// IP address of the client; empty if there is none.
    pub address: String,
    /// Name of the action, such as `customer.added`.
    pub action: String,
    /// Type of the target, such as `customer`, `admin` or `plan`.
    pub target_kind: String,
    pub target_id: Option<i64>,
    pub target_name: String,
    /// Owner of the target, or the target itself if it is an admin. They can see the entry.
    pub owner: Option<AdminId>,
    /// Owner of the customer before a move. They can see the entry, too.
    pub former_owner: Option<AdminId>,
    /// Snapshot before the change, as JSON.
    pub before: Option<String>,
    /// Snapshot after the change, as JSON.
    pub after: Option<String>,
}

/// Selects audit entries for a list.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    pub target_kind: Option<String>,
    pub target_id: Option<i64>,
    /// Actions to exclude.
    pub without: &'static [&'static str],
    /// Only entries that contain this text in actor, action or target; empty for all.
    pub word: String,
}
