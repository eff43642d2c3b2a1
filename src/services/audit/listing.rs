//! Reading the audit trail.

use crate::db;
use crate::db::audit::{AuditFilter, Entry};
use crate::domain::actor::Manager;
use crate::domain::query::Page;
use crate::services::{Outcome, View};

/// Some entries, newest first. A reseller sees what concerns himself and his customers.
///
/// # Errors
/// The database's.
pub async fn listing(view: View<'_>, by: &Manager, filter: &AuditFilter, limit: u64, offset: u64) -> Outcome<Page<Entry>> {
    let (items, total) = db::audit::list(view.on, by.scope(), filter, limit, offset).await?;
    Ok(Page { items, total })
}
