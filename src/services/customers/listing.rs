//! `Customers.listing` and `Customers.listingCount`: one filter for both, so that totals are those of what is listed.

use crate::db;
use crate::domain::actor::Manager;
use crate::domain::customer::Customer;
use crate::domain::query::{Filter, Listing, Page};
use crate::services::{Outcome, View};

/// Some of the manager's customers, and how many the filter lets through.
///
/// # Errors
/// The database's.
pub async fn listing(view: View<'_>, by: &Manager, listing: &Listing) -> Outcome<Page<Customer>> {
    let total = listing_count(view, by, &listing.filter).await?;
    let mut items = db::customers::list(view.on, by.scope(), listing, view.settings.lock_rule(view.at)).await?;
    for customer in &mut items {
        view.tell_lock(&mut customer.sign_in);
    }
    Ok(Page { items, total })
}

/// How many of the manager's customers the filter lets through.
///
/// # Errors
/// The database's.
pub async fn listing_count(view: View<'_>, by: &Manager, filter: &Filter) -> Outcome<u64> {
    Ok(db::customers::count(view.on, by.scope(), filter, view.settings.lock_rule(view.at)).await?)
}
