//! What a customer sees of himself on his first page.

use super::get::usage_history;
use crate::{Outcome, View};
use auth::actor::CustomerSelf;
use domain::customer::{Customer, CustomerRef};
use domain::email::Email;
use domain::id::CustomerId;
use domain::scope::Scope;
use domain::usage::UsageSample;
use std::collections::HashMap;

/// At most so many domains are named; the others are counted.
const DOMAINS: u64 = 10;

/// A customer and what stands around him.
#[derive(Clone, Debug)]
pub struct Overview {
    /// He himself.
    pub customer: Customer,
    /// Names of their first domains, of those that are counted.
    pub domains: Vec<String>,
    /// How many domains they have, standard and other subdomains left out.
    pub domain_count: u64,
    /// What was measured of him, oldest first.
    pub measured: Vec<UsageSample>,
    /// Whose customer he is, where that is a reseller: name and address.
    pub reseller: Option<(String, Email)>,
}

/// How many domains each of some customers has, standard and other subdomains left out.
///
/// # Errors
/// The database's.
pub async fn domain_counts(
    view: View<'_>,
    customers: &[Customer],
) -> Outcome<HashMap<CustomerId, u64>> {
    let ids: Vec<CustomerId> = customers.iter().map(|customer| customer.id).collect();
    Ok(db::domains::counts(view.on, &ids).await?.into_iter().collect())
}

/// What a customer sees of himself.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) when he is gone meanwhile.
pub async fn overview(view: View<'_>, by: &CustomerSelf) -> Outcome<Overview> {
    let customer = super::get(view, Scope::Only(by.id()), &CustomerRef::Id(by.id())).await?;
    let owner = db::admins::find(view.on, customer.owner).await?;
    let reseller = owner.filter(|owner| !owner.profile.customers_see_all);
    Ok(Overview {
        measured: usage_history(view, &customer).await?,
        domains: db::domains::main_names(view.on, customer.id, DOMAINS).await?,
        domain_count: db::domains::count(view.on, customer.id).await?,
        reseller: reseller.map(|owner| (owner.display_name().to_owned(), owner.profile.email)),
        customer,
    })
}
