//! What was measured of a customer, day by day.

use crate::{Outcome, View};
use domain::customer::Customer;
use domain::usage::UsageSample;
use jiff::{SignedDuration, Timestamp};

/// How far back the history goes.
const DAYS: i64 = 400;

/// The history of a customer whom a scoped read returned, oldest first.
///
/// # Errors
/// The database's.
pub async fn usage_history(view: View<'_>, customer: &Customer) -> Outcome<Vec<UsageSample>> {
    let since =
        view.at.checked_sub(SignedDuration::from_hours(DAYS * 24)).unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(db::disk_usage::history(view.on, customer.id, since).await?)
}
