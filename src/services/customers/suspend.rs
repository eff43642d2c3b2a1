//! Suspending and resuming: parts of `Customers.update` that have a button of their own.

use super::update::{Edit, update};
use crate::domain::actor::Manager;
use crate::domain::customer::{Customer, CustomerRef};
use crate::services::{Command, Outcome};

/// Suspends a customer: he is out at his next click, and nothing of him works; nothing is lost either.
///
/// # Errors
/// As [`update`].
pub async fn suspend(cmd: Command<'_>, by: &Manager, which: &CustomerRef) -> Outcome<Customer> {
    update(cmd, by, which, &Edit { suspended: Some(true), ..Edit::default() }).await
}

/// Resumes a customer: everything is as it was before he was suspended.
///
/// # Errors
/// As [`update`].
pub async fn resume(cmd: Command<'_>, by: &Manager, which: &CustomerRef) -> Outcome<Customer> {
    update(cmd, by, which, &Edit { suspended: Some(false), ..Edit::default() }).await
}
