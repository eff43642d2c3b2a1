//! Suspending and resuming: parts of `Customers.update` that have a button of their own.

use super::requests::{SuspendCustomer, UpdateCustomer};
use super::update::{Edit, update};
use crate::{Command, Outcome};
use auth::actor::Manager;
use domain::customer::{Customer, CustomerRef};

/// Suspends a customer: they are signed out at their next click, and nothing of theirs works;
/// nothing is lost either.
///
/// # Errors
/// As [`update`].
pub async fn suspend(
    cmd: Command<'_>,
    by: &Manager,
    which: &CustomerRef,
    request: &SuspendCustomer,
) -> Outcome<Customer> {
    let SuspendCustomer { suspend_reason, suspend_reason_show } = request.clone();
    let request = UpdateCustomer {
        deactivated: true.into(),
        suspend_reason,
        suspend_reason_show,
        ..UpdateCustomer::default()
    };
    update(cmd, by, which, &Edit { request, ..Edit::default() }).await
}

/// Resumes a customer: everything is as it was before they were suspended.
///
/// # Errors
/// As [`update`]; `suspended-by-higher-rank` of the field `deactivated`.
pub async fn resume(cmd: Command<'_>, by: &Manager, which: &CustomerRef) -> Outcome<Customer> {
    let request = UpdateCustomer { deactivated: false.into(), ..UpdateCustomer::default() };
    update(cmd, by, which, &Edit { request, ..Edit::default() }).await
}
