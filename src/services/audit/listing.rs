//! Reading the audit trail.

use super::sign_ins;
use crate::{Outcome, View};
use auth::actor::Manager;
use domain::audit::{AuditEntry, AuditFilter};
use domain::customer::Customer;
use domain::query::Page;

/// The last changes of a customer whom a scoped read returned, newest first.
///
/// # Errors
/// The database's.
pub async fn of_customer(
    view: View<'_>,
    by: &Manager,
    customer: &Customer,
    limit: u64,
) -> Outcome<Vec<AuditEntry>> {
    let of = AuditFilter {
        target_kind: Some("customer".to_owned()),
        target_id: Some(customer.id.0),
        ..changes()
    };
    Ok(db::audit::latest(view.on, by.scope(), &of, limit).await?)
}

/// The newest changes that somebody sees; nobody counts how many there are.
///
/// # Errors
/// The database's.
pub async fn latest(view: View<'_>, by: &Manager, limit: u64) -> Outcome<Vec<AuditEntry>> {
    Ok(db::audit::latest(view.on, by.scope(), &changes(), limit).await?)
}

/// Some entries, newest first. A reseller sees what concerns himself and his customers.
///
/// # Errors
/// The database's.
pub async fn listing(
    view: View<'_>,
    by: &Manager,
    filter: &AuditFilter,
    limit: u64,
    offset: u64,
) -> Outcome<Page<AuditEntry>> {
    let (items, total) = db::audit::list(view.on, by.scope(), filter, limit, offset).await?;
    Ok(Page { items, total })
}

/// Changes only: no sign-ins, no refusals.
fn changes() -> AuditFilter {
    AuditFilter { without: &sign_ins::ACTIONS, ..AuditFilter::default() }
}
