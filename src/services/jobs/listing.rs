//! Looking at jobs.

use crate::outages::Outage;
use crate::{Outcome, View};
use auth::actor::Manager;
use domain::customer::Customer;
use domain::job::{JobCount, JobFilter, JobState, StoredJob};
use domain::query::Page;
use jiff::{SignedDuration, Timestamp};

/// A job that nobody took for so long is late.
const LATE: SignedDuration = SignedDuration::from_mins(5);
/// No more open jobs of one customer are shown.
const OPEN: u64 = 20;

/// Some jobs, newest first: a reseller sees those of his customers.
///
/// # Errors
/// The database's.
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

/// How many there are in each state, of one kind or of all.
///
/// # Errors
/// The database's.
pub async fn counts(
    view: View<'_>,
    by: &Manager,
    kind: Option<&str>,
) -> Outcome<Vec<(JobState, u64)>> {
    Ok(db::jobs::counts(view.on, by.scope(), kind).await?)
}

/// The kinds of which there are any.
///
/// # Errors
/// The database's.
pub async fn kinds_of(view: View<'_>, by: &Manager) -> Outcome<Vec<String>> {
    Ok(db::jobs::kinds(view.on, by.scope()).await?)
}

/// How many jobs are not done and how old the oldest is, by kind and state: for whoever watches
/// over the installation.
///
/// # Errors
/// The database's.
pub async fn depths(view: View<'_>) -> Outcome<Vec<JobCount>> {
    Ok(db::jobs::depths(view.on).await?)
}

/// What was due before this moment and still waits is late.
#[must_use]
pub fn late(now: Timestamp) -> Timestamp {
    now.checked_sub(LATE).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// How many jobs wait longer than they should, and since when the oldest waits; nothing where all
/// is well. What waits for something that is told of already is not told twice.
///
/// # Errors
/// The database's.
pub async fn stuck(
    view: View<'_>,
    by: &Manager,
    told: &[Outage],
) -> Outcome<Option<(u64, Timestamp)>> {
    let told: Vec<&str> = told.iter().flat_map(|outage| outage.dependency.kinds()).collect();
    Ok(db::jobs::stuck(view.on, by.scope(), late(view.at), &told).await?)
}

/// The jobs of one customer that are not done: his owner asks what still has to happen.
///
/// # Errors
/// The database's.
pub async fn open_of(view: View<'_>, customer: &Customer) -> Outcome<Vec<StoredJob>> {
    Ok(db::jobs::open_of(view.on, customer.id, OPEN).await?)
}
