//! Whose customers there are: for filters and for moving.

use crate::db;
use crate::domain::actor::Manager;
use crate::domain::id::AdminId;
use crate::services::{Outcome, View};

/// The admins who can own customers, by login name, at most `limit`; a reseller, who sees none but his own customers, gets none.
///
/// # Errors
/// The database's.
pub async fn owners(view: View<'_>, by: &Manager, limit: u64) -> Outcome<Vec<(AdminId, String)>> {
    if by.sees_all() || by.as_server_admin().is_some() { Ok(db::admins::names(view.on, limit).await?) } else { Ok(Vec::new()) }
}

/// The admin of this login name or id, for whoever may know him.
///
/// # Errors
/// The database's.
pub async fn owner_named(view: View<'_>, by: &Manager, text: &str) -> Outcome<Option<(AdminId, String)>> {
    if by.sees_all() { Ok(db::admins::named(view.on, text).await?) } else { Ok(None) }
}
