//! Looking at jobs.

use crate::db;
use crate::db::jobs::{JobRow, JobState};
use crate::domain::actor::{Manager, Scope};
use crate::domain::customer::Customer;
use crate::domain::query::Page;
use crate::services::{Outcome, View};

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
