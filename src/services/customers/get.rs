//! `Customers.get`.

use crate::{Noun, Outcome, ServiceError, View};
use domain::customer::{Customer, CustomerRef};
use domain::scope::Scope;

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
