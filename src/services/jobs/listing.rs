//! Reads of jobs.

use crate::outages::Outage;
use crate::{Outcome, View};
use auth::actor::Manager;
use domain::customer::Customer;
use domain::job::{JobCount, JobFilter, JobState, StoredJob};
use domain::query::Page;
use jiff::{SignedDuration, Timestamp};

/// A due job that no worker claims for this long is late.
const LATE: SignedDuration = SignedDuration::from_mins(5);
/// Maximum number of unfinished jobs that are shown for one customer.
const MAX_UNFINISHED: u64 = 20;

/// Returns one page of jobs within the manager's scope, newest first.
pub async fn listing(
    view: View<'_>,
    by: &Manager,
    filter: &JobFilter,
    limit: u64,
    offset: u64,
) -> Outcome<Page<StoredJob>> {
    let (items, total) = db::jobs::list(view.on, by.scope(), filter, limit, offset).await?;
    Ok(Page { items, total })
}

/// Returns the number of jobs in each state, of one kind or of all kinds.
pub async fn counts(
    view: View<'_>,
    by: &Manager,
    kind: Option<&str>,
) -> Outcome<Vec<(JobState, u64)>> {
    Ok(db::jobs::count_by_state(view.on, by.scope(), kind).await?)
}

/// Returns the names of the kinds of which jobs exist.
pub async fn existing_kinds(view: View<'_>, by: &Manager) -> Outcome<Vec<String>> {
    Ok(db::jobs::kinds(view.on, by.scope()).await?)
}

/// Returns the number of unfinished jobs and the creation time of the oldest, by kind and state.
/// For monitoring.
pub async fn queue_depths(view: View<'_>) -> Outcome<Vec<JobCount>> {
    Ok(db::jobs::count_unfinished(view.on).await?)
}

/// Returns the time before which a due job is late.
#[must_use]
pub fn late_threshold(now: Timestamp) -> Timestamp {
    now.checked_sub(LATE).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Returns the number of jobs that are late or wait for a retry, and the creation time of the
/// oldest. Returns `None` if there are none. Jobs that wait because of an outage in `reported` are
/// not counted.
pub async fn find_late(
    view: View<'_>,
    by: &Manager,
    reported: &[Outage],
) -> Outcome<Option<(u64, Timestamp)>> {
    let reported: Vec<&str> =
        reported.iter().flat_map(|outage| outage.dependency.kinds()).collect();
    Ok(db::jobs::count_overdue(view.on, by.scope(), late_threshold(view.at), &reported).await?)
}

/// Returns the unfinished jobs of one customer, at most 20.
pub async fn find_unfinished(view: View<'_>, customer: &Customer) -> Outcome<Vec<StoredJob>> {
    Ok(db::jobs::list_unfinished(view.on, customer.id, MAX_UNFINISHED).await?)
}
