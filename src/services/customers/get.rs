//! Reads single customers, and login names by id. Also has unscoped lookups for the worker.

use crate::app::App;
use crate::{Noun, Outcome, ServiceError, View};
use auth::actor::Manager;
use domain::admin::Admin;
use domain::customer::{Customer, CustomerRef};
use domain::id::CustomerId;
use domain::scope::Scope;
use std::collections::HashMap;

/// Returns a customer within the scope.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown customer, and for one outside the scope.
pub async fn get(view: View<'_>, scope: Scope, customer_ref: &CustomerRef) -> Outcome<Customer> {
    let mut customer = db::customers::find(view.on, scope, customer_ref)
        .await?
        .ok_or(ServiceError::NotFound(Noun::Customer))?;
    view.set_locked(&mut customer.sign_in);
    Ok(customer)
}

/// Returns login names by customer id, for pages that mention customers who may be deleted. Omits
/// customers who do not exist any more and those outside the manager's scope.
pub async fn login_names(
    view: View<'_>,
    by: &Manager,
    ids: &[CustomerId],
) -> Outcome<HashMap<CustomerId, String>> {
    Ok(db::customers::login_names(view.on, by.scope(), ids).await?)
}

/// Returns the customer with this id, for the worker.
pub async fn find(app: &App, id: CustomerId) -> Outcome<Option<Customer>> {
    Ok(db::customers::find_unscoped(&app.db.reader(), id).await?)
}

/// Returns the customer with this id and their owner, for the worker.
pub async fn find_with_owner(
    app: &App,
    id: CustomerId,
) -> Outcome<Option<(Customer, Option<Admin>)>> {
    let on = app.db.reader();
    let Some(customer) = db::customers::find_unscoped(&on, id).await? else { return Ok(None) };
    let owner = db::admins::find(&on, customer.owner).await?;
    Ok(Some((customer, owner)))
}

/// Returns the customer with this login name, ignoring case, for the worker.
pub(crate) async fn find_by_login_name(app: &App, name: &str) -> Outcome<Option<Customer>> {
    let by_name = CustomerRef::Login(name.to_owned());
    Ok(db::customers::find(&app.db.reader(), Scope::All, &by_name).await?)
}

/// Returns whether the home directory with this name belongs to a customer.
pub async fn home_belongs_to_customer(app: &App, name: &str) -> Outcome<bool> {
    // Directory names are case-sensitive.
    let found = find_by_login_name(app, name).await?;
    Ok(found.is_some_and(|customer| customer.login_name.as_str() == name))
}
