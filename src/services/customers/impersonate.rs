//! Acting as a customer: seeing the panel as he sees it, under both names.

use crate::audit::{self, Action, Change, Target};
use crate::{Command, Outcome, ServiceError};
use auth::actor::{Actor, Manager};
use domain::customer::{Customer, CustomerRef};
use domain::fault::{Code, Fault};

/// Notes that a manager begins to act as a customer of his; the session is the door's.
///
/// # Errors
/// [`ServiceError::NotFound`] outside the scope, [`ServiceError::Refused`] with
/// `impersonate-suspended`.
pub async fn impersonate(cmd: Command<'_>, by: &Manager, which: &CustomerRef) -> Outcome<Customer> {
    let customer = super::get(cmd.view(), by.scope(), which).await?;
    if customer.suspended {
        return Err(ServiceError::Refused(Fault::new(Code::ImpersonateSuspended)));
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
