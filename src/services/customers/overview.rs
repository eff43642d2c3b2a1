//! Data for a customer's dashboard.

use crate::{Outcome, View, usage};
use auth::actor::CustomerSelf;
use domain::customer::{Customer, CustomerRef};
use domain::email::Email;
use domain::id::CustomerId;
use domain::scope::Scope;
use domain::usage::UsageSample;
use std::collections::HashMap;

/// Maximum number of domains in [`Overview::domains`].
const MAX_DOMAIN_NAMES: u64 = 10;

/// A customer with related data for their dashboard.
#[derive(Clone, Debug)]
pub struct Overview {
    pub customer: Customer,
    /// Names of the customer's first ten domains, sorted. Subdomains, including the standard one,
    /// are left out.
    pub domains: Vec<String>,
    /// Number of all domains of the customer. Subdomains, including the standard one, are left out.
    pub domain_count: u64,
    /// Samples of measured usage, oldest first.
    pub measured: Vec<UsageSample>,
    /// Display name and email address of the owner, if the owner is a reseller.
    pub reseller: Option<(String, Email)>,
}

/// Returns the number of domains of each customer. Subdomains, including the standard one, are left
/// out.
pub async fn domain_counts(
    view: View<'_>,
    customers: &[Customer],
) -> Outcome<HashMap<CustomerId, u64>> {
    let ids: Vec<CustomerId> = customers.iter().map(|customer| customer.id).collect();
    Ok(db::domains::count_by_customer(view.on, &ids).await?.into_iter().collect())
}

/// Returns the data for a customer's dashboard.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) if the customer was deleted meanwhile.
pub async fn overview(view: View<'_>, by: &CustomerSelf) -> Outcome<Overview> {
    let customer = super::get(view, Scope::Only(by.id()), &CustomerRef::Id(by.id())).await?;
    let owner = db::admins::find(view.on, customer.owner).await?;
    let reseller = owner.filter(|owner| !owner.profile.customers_see_all);
    Ok(Overview {
        measured: usage::history(view, &customer).await?,
        domains: db::domains::main_names(view.on, customer.id, MAX_DOMAIN_NAMES).await?,
        domain_count: db::domains::count(view.on, customer.id).await?,
        reseller: reseller.map(|owner| (owner.display_name().to_owned(), owner.profile.email)),
        customer,
    })
}
