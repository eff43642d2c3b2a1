//! Looking at jobs.

use crate::db;
use crate::db::jobs::{JobRow, JobState};
use crate::domain::actor::{Manager, Scope};
use crate::domain::customer::Customer;
use crate::domain::query::Page;
use crate::services::{Outcome, View};
use jiff::{SignedDuration, Timestamp};

/// A job that nobody took for so long is late.
const LATE: SignedDuration = SignedDuration::from_mins(5);

/// Some jobs, newest first: a reseller sees those of his customers.
///
/// # Errors
/// The database's.
pub async fn listing(view: View<'_>, by: &Manager, state: Option<JobState>, limit: u64, offset: u64) -> Outcome<Page<JobRow>> {
    let (items, total) = db::jobs::list(view.on, by.scope(), state, limit, offset).await?;
    Ok(Page { items, total })
}

/// How many there are in each state.
///
/// # Errors
/// The database's.
pub async fn counts(view: View<'_>, by: &Manager) -> Outcome<Vec<(JobState, u64)>> {
    Ok(db::jobs::counts(view.on, by.scope()).await?)
}

/// How many jobs wait longer than they should, and since when the oldest waits; nothing where all is well.
///
/// # Errors
/// The database's.
pub async fn stuck(view: View<'_>, by: &Manager) -> Outcome<Option<(u64, Timestamp)>> {
    let due_before = view.at.checked_sub(LATE).unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(db::jobs::stuck(view.on, by.scope(), due_before).await?)
}

/// The jobs of one customer that are not done, newest first: his owner asks what still has to happen.
///
/// # Errors
/// The database's.
pub async fn open_of(view: View<'_>, customer: &Customer) -> Outcome<Vec<JobRow>> {
    let mut open = Vec::new();
    for state in [JobState::Failed, JobState::Running, JobState::Waiting] {
        open.extend(db::jobs::list(view.on, Scope::Only(customer.id), Some(state), 10, 0).await?.0);
    }
    Ok(open)
}
