//! `Customers.get`, and lookups for the worker.

use crate::app::App;
use crate::{Noun, Outcome, ServiceError, View};
use domain::admin::Admin;
use domain::customer::{Customer, CustomerRef};
use domain::id::CustomerId;
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

/// The customer of that id, for the worker.
///
/// # Errors
/// The database's.
pub async fn find(app: &App, id: CustomerId) -> Outcome<Option<Customer>> {
    Ok(db::customers::find_unscoped(&app.db.reader(), id).await?)
}

/// The customer of that id with their owner, for the worker.
///
/// # Errors
/// The database's.
pub async fn find_with_owner(
    app: &App,
    id: CustomerId,
) -> Outcome<Option<(Customer, Option<Admin>)>> {
    let on = app.db.reader();
    let Some(customer) = db::customers::find_unscoped(&on, id).await? else { return Ok(None) };
    let owner = db::admins::find(&on, customer.owner).await?;
    Ok(Some((customer, owner)))
}

/// Whether the home directory of this name belongs to a customer.
///
/// # Errors
/// The database's.
pub async fn uses_home(app: &App, name: &str) -> Outcome<bool> {
    let by_name = CustomerRef::Login(name.to_owned());
    let found = db::customers::find(&app.db.reader(), Scope::All, &by_name).await?;
    // Login names are compared without regard to case, and directories are not.
    Ok(found.is_some_and(|customer| customer.login_name.as_str() == name))
}
