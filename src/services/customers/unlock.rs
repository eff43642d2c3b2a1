//! `Customers.unlock`.

use crate::audit::{self, Action, Change, Target};
use crate::sign_in::tries;
use crate::{Command, Outcome};
use auth::actor::{Actor, Manager};
use domain::customer::{Customer, CustomerRef};

/// Forgets a customer's failed sign-ins, whether or not they had locked him out.
///
/// # Errors
/// [`NotFound`](crate::ServiceError::NotFound) outside the scope.
pub async fn unlock(cmd: Command<'_>, by: &Manager, which: &CustomerRef) -> Outcome<Customer> {
    let customer = super::get(cmd.view(), by.scope(), which).await?;
    tries::unlock(cmd, customer.login).await?;
    audit::record(
        cmd,
        &Actor::Manager(by.clone()),
        &Target::customer(&customer),
        Change::of(Action::CustomerUnlocked),
    )
    .await?;
    super::get(cmd.view(), by.scope(), which).await
}
