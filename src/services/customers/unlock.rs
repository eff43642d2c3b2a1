//! `Customers.unlock`.

use crate::auth::tries;
use crate::domain::actor::{Actor, Manager};
use crate::domain::customer::{Customer, CustomerRef};
use crate::services::audit::{self, Change, Target};
use crate::services::{Command, Outcome};

/// Forgets a customer's failed sign-ins, whether or not they had locked him out.
///
/// # Errors
/// [`NotFound`](crate::services::ServiceError::NotFound) outside the scope.
pub async fn unlock(cmd: Command<'_>, by: &Manager, which: &CustomerRef) -> Outcome<Customer> {
    let customer = super::get(cmd.view(), by.scope(), which).await?;
    tries::unlock(cmd, customer.login).await?;
    audit::record(cmd, &Actor::Manager(by.clone()), &Target::customer(&customer), Change::of("customer.unlocked")).await?;
    super::get(cmd.view(), by.scope(), which).await
}
