//! Measured disk usage of home directories and databases: its storage and its history.

use super::app::App;
use super::mysql_servers::DatabaseSizes;
use super::{Outcome, View};
use db::Tx;
use domain::customer::Customer;
use domain::id::CustomerId;
use domain::usage::{Measurement, UsageSample};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// Number of customers who are measured and stored at a time.
const BATCH: u64 = 200;
/// Retention of measurements. The usage history covers the same time.
const RETENTION: SignedDuration = SignedDuration::from_hours(400 * 24);
const DAY: i64 = 86_400;

/// Returns the start of the day, in UTC, of a moment.
#[must_use]
pub fn day_of(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second() - at.as_second().rem_euclid(DAY)).unwrap_or(at)
}

/// Returns the ids and login names of the next customers after `after`; empty at the end.
pub async fn next_customers(app: &App, after: CustomerId) -> Outcome<Vec<(CustomerId, String)>> {
    Ok(db::disk_usage::next_customers(&app.db.reader(), after, BATCH).await?)
}

/// Returns the total size of each customer's databases, in bytes. Customers with a database on a
/// server that could not be measured are left out, so that they keep their last value.
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

/// Stores the measurements of a day, and removes those of the same customers that are past their
/// retention. Skips customers who were deleted in the meantime. Returns the number of stored
/// measurements.
pub async fn store(app: &App, measurements: &[Measurement], day: Timestamp) -> Outcome<usize> {
    let write = async |tx: &Tx| db::disk_usage::store(tx, measurements, day, kept_since(day)).await;
    Ok(app.db.write(write).await?)
}

/// Returns the usage history of a customer, oldest sample first. The customer must come from a
/// scoped read.
pub async fn history(view: View<'_>, customer: &Customer) -> Outcome<Vec<UsageSample>> {
    Ok(db::disk_usage::history(view.on, customer.id, kept_since(view.at)).await?)
}

/// Returns the start of the retention period that ends at `at`.
fn kept_since(at: Timestamp) -> Timestamp {
    at.checked_sub(RETENTION).unwrap_or(Timestamp::UNIX_EPOCH)
}
