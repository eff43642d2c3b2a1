//! Reads of the audit log.

use super::{TargetKind, sign_ins};
use crate::{Outcome, View};
use auth::actor::Manager;
use domain::audit::{AuditEntry, AuditFilter};
use domain::customer::Customer;
use domain::query::Page;

/// Returns the latest changes of a customer, newest first.
pub async fn latest_of_customer(
    view: View<'_>,
    by: &Manager,
    customer: &Customer,
    limit: u64,
) -> Outcome<Vec<AuditEntry>> {
    let filter = AuditFilter {
        target_kind: Some(TargetKind::Customer.code().to_owned()),
        target_id: Some(customer.id.0),
        ..changes_filter()
    };
    Ok(db::audit::latest(view.on, by.scope(), &filter, limit).await?)
}

/// Returns the latest changes within the manager's scope, newest first. Does not count the total.
pub async fn latest(view: View<'_>, by: &Manager, limit: u64) -> Outcome<Vec<AuditEntry>> {
    Ok(db::audit::latest(view.on, by.scope(), &changes_filter(), limit).await?)
}

/// Returns one page of entries, newest first. Resellers see entries about themselves and about
/// objects that they own or owned, such as customers and plans.
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

/// Returns a filter for changes: no sign-ins, no refused requests.
fn changes_filter() -> AuditFilter {
    AuditFilter { without: &sign_ins::NON_CHANGE_ACTIONS, ..AuditFilter::default() }
}
