//! Access to a customer's account: unlocking it, and acting as the customer.
//!
//! A manager who acts as a customer sees the panel as the customer does. The audit log records the
//! manager and the customer.

use crate::audit::{self, Action, Change, Target};
use crate::sign_in::attempts;
use crate::{Command, Outcome, ServiceError};
use auth::actor::{Actor, Manager};
use domain::customer::{Customer, CustomerRef};
use domain::validation::{ErrorCode, ValidationError};

/// Records that a manager starts to act as a customer within their scope. The entry point changes
/// the session.
///
/// # Errors
/// [`ServiceError::NotFound`] outside the manager's scope; [`ServiceError::Refused`] with
/// `impersonate-suspended`.
pub async fn impersonate(
    cmd: Command<'_>,
    by: &Manager,
    customer_ref: &CustomerRef,
) -> Outcome<Customer> {
    let customer = super::get(cmd.view(), by.scope(), customer_ref).await?;
    if customer.suspended {
        return Err(ServiceError::Refused(ValidationError::new(ErrorCode::ImpersonateSuspended)));
    }
    audit::record(
        cmd,
        &Actor::Manager(by.clone()),
        &Target::customer(&customer),
        Change::of(Action::CustomerImpersonated),
    )
    .await?;
    Ok(customer)
}

/// Clears a customer's failed sign-ins, whether or not they locked the account.
///
/// # Errors
/// [`ServiceError::NotFound`] outside the manager's scope.
pub async fn unlock(
    cmd: Command<'_>,
    by: &Manager,
    customer_ref: &CustomerRef,
) -> Outcome<Customer> {
    let customer = super::get(cmd.view(), by.scope(), customer_ref).await?;
    attempts::unlock(cmd, customer.login).await?;
    audit::record(
        cmd,
        &Actor::Manager(by.clone()),
        &Target::customer(&customer),
        Change::of(Action::CustomerUnlocked),
    )
    .await?;
    super::get(cmd.view(), by.scope(), customer_ref).await
}
