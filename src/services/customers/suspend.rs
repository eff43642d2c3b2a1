//! Suspending and resuming: parts of `Customers.update` that have a button of their own.

use super::suspension::SuspensionPatch;
use super::update::{Edit, update};
use crate::domain::actor::Manager;
use crate::domain::customer::{Customer, CustomerRef};
use crate::services::{Command, Outcome};

/// Suspends a customer: they are signed out at their next click, and nothing of theirs works; nothing is lost either.
///
/// # Errors
/// As [`update`].
pub async fn suspend(cmd: Command<'_>, by: &Manager, which: &CustomerRef, patch: &SuspensionPatch) -> Outcome<Customer> {
    let suspension = SuspensionPatch { suspended: Some(true), ..patch.clone() };
    update(cmd, by, which, &Edit { suspension, ..Edit::default() }).await
}

/// Resumes a customer: everything is as it was before they were suspended.
///
/// # Errors
/// As [`update`]; `suspended-by-higher-rank` of the field `deactivated`.
pub async fn resume(cmd: Command<'_>, by: &Manager, which: &CustomerRef) -> Outcome<Customer> {
    let suspension = SuspensionPatch { suspended: Some(false), ..SuspensionPatch::default() };
    update(cmd, by, which, &Edit { suspension, ..Edit::default() }).await
}
