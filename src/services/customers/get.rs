//! Reading a customer, login names by id, and the usage history.

use crate::{Noun, Outcome, ServiceError, View};
use auth::actor::Manager;
pub use db::disk_usage::Measured;
use domain::customer::{Customer, CustomerRef};
use domain::id::CustomerId;
use domain::scope::Scope;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// How far back the history goes.
const DAYS: i64 = 400;

/// A customer within the scope. Whoever lies outside it is as unknown as one who never was.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn get(view: View<'_>, scope: Scope, by: &CustomerRef) -> Outcome<Customer> {
    let mut customer = db::customers::find(view.on, scope, by)
        .await?
        .ok_or(ServiceError::NotFound(Noun::Customer))?;
    view.tell_lock(&mut customer.sign_in);
    Ok(customer)
}

/// The login names of those of some customers who are there and whom the manager sees: for pages
/// that speak of customers who may be gone.
///
/// # Errors
/// The database's.
pub async fn login_names(
    view: View<'_>,
    by: &Manager,
    ids: &[CustomerId],
) -> Outcome<HashMap<CustomerId, String>> {
    Ok(db::customers::login_names(view.on, by.scope(), ids).await?)
}

/// The history of a customer whom a scoped read returned, oldest first.
///
/// # Errors
/// The database's.
pub async fn usage_history(view: View<'_>, customer: &Customer) -> Outcome<Vec<Measured>> {
    let since =
        view.at.checked_sub(SignedDuration::from_hours(DAYS * 24)).unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(db::disk_usage::history(view.on, customer.id, since).await?)
}
