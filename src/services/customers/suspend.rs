//! Suspends and resumes customers. Both are parts of `Customers.update` with functions of their
//! own.

use super::requests::{SuspendCustomer, UpdateCustomer};
use super::update::{Edit, update};
use crate::{Command, Outcome};
use auth::actor::Manager;
use domain::customer::{Customer, CustomerRef};

/// Suspends a customer, or changes the reason for a suspension. The customer's sessions end, and
/// their services stop working. No data is deleted.
///
/// # Errors
/// The same as [`update`].
pub async fn suspend(
    cmd: Command<'_>,
    by: &Manager,
    customer_ref: &CustomerRef,
    request: &SuspendCustomer,
) -> Outcome<Customer> {
    let SuspendCustomer { suspend_reason, suspend_reason_show } = request.clone();
    let request = UpdateCustomer {
        deactivated: true.into(),
        suspend_reason,
        suspend_reason_show,
        ..UpdateCustomer::default()
    };
    update(cmd, by, customer_ref, &Edit { request, ..Edit::default() }).await
}

/// Resumes a customer. Everything works as before the suspension.
///
/// # Errors
/// The same as [`update`]; `suspended-by-higher-rank` for the field `deactivated`.
pub async fn resume(
    cmd: Command<'_>,
    by: &Manager,
    customer_ref: &CustomerRef,
) -> Outcome<Customer> {
    let request = UpdateCustomer { deactivated: false.into(), ..UpdateCustomer::default() };
    update(cmd, by, customer_ref, &Edit { request, ..Edit::default() }).await
}
