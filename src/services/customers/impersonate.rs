//! Acting as a customer: seeing the panel as he sees it, under both names.

use crate::audit::{self, Change, Target};
use crate::{Command, Outcome, ServiceError};
use auth::actor::{Actor, Manager};
use domain::customer::{Customer, CustomerRef};
use domain::fault::Fault;

/// Notes that a manager begins to act as a customer of his; the session is the door's.
///
/// # Errors
/// [`ServiceError::NotFound`] outside the scope, [`ServiceError::Refused`] with `impersonate-suspended`.
pub async fn impersonate(cmd: Command<'_>, by: &Manager, which: &CustomerRef) -> Outcome<Customer> {
    let customer = super::get(cmd.view(), by.scope(), which).await?;
    if customer.suspended {
        return Err(ServiceError::Refused(Fault::new("impersonate-suspended")));
    }
    audit::record(cmd, &Actor::Manager(by.clone()), &Target::customer(&customer), Change::of("customer.impersonated")).await?;
    Ok(customer)
}
