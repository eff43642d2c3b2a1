//! Looking at jobs.

use crate::db;
use crate::db::jobs::{JobRow, JobState};
use crate::domain::actor::Manager;
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
