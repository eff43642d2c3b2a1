//! Reading a customer, login names by id, and the usage history; lookups for the worker.

use crate::app::App;
use crate::{Noun, Outcome, ServiceError, View};
use auth::actor::Manager;
use domain::admin::Admin;
use domain::customer::{Customer, CustomerRef};
use domain::id::CustomerId;
use domain::scope::Scope;
use domain::usage::UsageSample;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// How far back the history goes.
const DAYS: i64 = 400;

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

/// The login names of those of some customers who are there and whom the manager sees: for pages
/// that speak of customers who may be gone.
///
/// # Errors
/// The database's.
pub async fn login_names(
    view: View<'_>,
    by: &Manager,
    ids: &[CustomerId],
) -> Outcome<HashMap<CustomerId, String>> {
    Ok(db::customers::login_names(view.on, by.scope(), ids).await?)
}

/// The history of a customer whom a scoped read returned, oldest first.
///
/// # Errors
/// The database's.
pub async fn usage_history(view: View<'_>, customer: &Customer) -> Outcome<Vec<UsageSample>> {
    let since =
        view.at.checked_sub(SignedDuration::from_hours(DAYS * 24)).unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(db::disk_usage::history(view.on, customer.id, since).await?)
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
