//! Entries of the audit trail.

use super::id::AdminId;
use jiff::Timestamp;

/// One change. Entries hold names and copies, no references: they outlive the rows they are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Time of the change.
    pub at: Timestamp,
    /// `admin`, `customer`, `acting` (an admin as a customer) or `system`.
    pub actor_kind: String,
    /// Id of the admin or customer who acted.
    pub actor_id: Option<i64>,
    /// Login name of the actor.
    pub actor_name: String,
    /// Entry point: `web`, `api`, `cli` or `worker`.
    pub door: String,
    /// Address of the client, where there is one.
    pub address: String,
    /// The action, such as `customer.added`.
    pub action: String,
    /// Kind of the target: `customer`, `admin`, `plan`, …
    pub target_kind: String,
    /// Id of the target.
    pub target_id: Option<i64>,
    /// Name of the target.
    pub target_name: String,
    /// The admin whose customers the entry concerns; they see it.
    pub owner: Option<AdminId>,
    /// The owner of the customer before a move; they see the entry too.
    pub former_owner: Option<AdminId>,
    /// Snapshot before the change, as JSON.
    pub before: Option<String>,
    /// Snapshot after the change, as JSON.
    pub after: Option<String>,
}

/// Selects entries.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Only targets of this kind.
    pub target_kind: Option<String>,
    /// Only this target.
    pub target_id: Option<i64>,
    /// Actions to leave out.
    pub without: &'static [&'static str],
    /// Only entries with this text in actor, action or target.
    pub word: String,
}
