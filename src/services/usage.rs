//! Measured disk usage: what the worker stores of homes and databases.

use super::Outcome;
use super::app::App;
use super::mysql_servers::DatabaseSizes;
use db::Tx;
use domain::id::CustomerId;
use domain::usage::Measurement;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// Customers who are measured and stored at a time.
const BATCH: u64 = 200;
/// How long measurements are kept.
const KEEP: SignedDuration = SignedDuration::from_hours(400 * 24);
const DAY: i64 = 86_400;

/// Returns the start of the day that a moment lies in, in UTC.
#[must_use]
pub fn day_of(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second() - at.as_second().rem_euclid(DAY)).unwrap_or(at)
}

/// Returns the next customers after `after`, with their login names; none at the end.
///
/// # Errors
/// The database's.
pub async fn next_customers(app: &App, after: CustomerId) -> Outcome<Vec<(CustomerId, String)>> {
    Ok(db::disk_usage::next(&app.db.reader(), after, BATCH).await?)
}

/// Returns the size of the databases of each customer. A customer with a database on a server that
/// did not answer is left out, so that their last value stays.
///
/// # Errors
/// The database's.
pub async fn of_databases(
    app: &App,
    customers: &[CustomerId],
    sizes: &DatabaseSizes,
) -> Outcome<HashMap<CustomerId, u64>> {
    if sizes.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sums: HashMap<CustomerId, Option<u64>> =
        customers.iter().map(|id| (*id, Some(0))).collect();
    for (customer, server, name) in db::disk_usage::databases(&app.db.reader(), customers).await? {
        let size = sizes
            .get(&server)
            .and_then(Option::as_ref)
            .map(|known| known.get(&name).copied().unwrap_or(0));
        let sum = sums.entry(customer).or_insert(Some(0));
        *sum = sum.zip(size).map(|(sum, size)| sum.saturating_add(size));
    }
    Ok(sums.into_iter().filter_map(|(id, sum)| Some((id, sum?))).collect())
}

/// Stores measurements as those of a day, and forgets those of these customers that are older than
/// 400 days. Customers who were deleted meanwhile are left out; returns how many were stored.
///
/// # Errors
/// The database's.
pub async fn store(app: &App, found: &[Measurement], day: Timestamp) -> Outcome<usize> {
    let keep_since = day.checked_sub(KEEP).unwrap_or(Timestamp::UNIX_EPOCH);
    let write = async |tx: &Tx| db::disk_usage::store(tx, found, day, keep_since).await;
    Ok(app.db.write(write).await?)
}
