//! `Customers.listing` and `Customers.listingCount`: one filter for both, so that totals are those of what is listed.

use crate::db;
use crate::domain::actor::Manager;
use crate::domain::customer::Customer;
use crate::domain::id::CustomerId;
use crate::domain::query::{Column, Direction, Filter, Listing, Page, Status};
use crate::services::{Outcome, View};

/// Some of the manager's customers, and how many the filter lets through.
///
/// # Errors
/// The database's.
pub async fn listing(view: View<'_>, by: &Manager, listing: &Listing) -> Outcome<Page<Customer>> {
    let total = listing_count(view, by, &listing.filter).await?;
    Ok(Page { items: rows(view, by, listing).await?, total })
}

/// The same without counting: for whoever knows the total already.
///
/// # Errors
/// The database's.
pub async fn rows(view: View<'_>, by: &Manager, listing: &Listing) -> Outcome<Vec<Customer>> {
    let items = db::customers::list(view.on, by.scope(), listing, view.settings.lock_rule(view.at)).await?;
    Ok(with_locks(view, items))
}

/// The ids of all that a list of any length would show, in its order: for whoever fetches them part after part, with [`of_ids`].
///
/// Neither pages by offset nor pages after the last row seen would do for that: both look again at an order that others
/// change meanwhile, so that a customer whose name is edited is missed or told twice; and the latter would have to compare
/// texts, NULLs and directions as each engine sorts them. Ids read at once are exact on every engine, and a million of them
/// take 8 MB.
///
/// # Errors
/// The database's.
pub async fn ids(view: View<'_>, by: &Manager, filter: &Filter, order: &[(Column, Direction)]) -> Outcome<Vec<CustomerId>> {
    Ok(db::customers::ids(view.on, by.scope(), filter, order, view.settings.lock_rule(view.at)).await?)
}

/// Those of some customers who still are there and the manager's, in the order of `ids`.
///
/// # Errors
/// The database's.
pub async fn of_ids(view: View<'_>, by: &Manager, ids: &[CustomerId]) -> Outcome<Vec<Customer>> {
    Ok(with_locks(view, db::customers::of_ids(view.on, by.scope(), ids).await?))
}

fn with_locks(view: View<'_>, mut items: Vec<Customer>) -> Vec<Customer> {
    for customer in &mut items {
        view.tell_lock(&mut customer.sign_in);
    }
    items
}

/// How many of the manager's customers the filter lets through.
///
/// # Errors
/// The database's.
pub async fn listing_count(view: View<'_>, by: &Manager, filter: &Filter) -> Outcome<u64> {
    Ok(db::customers::count(view.on, by.scope(), filter, view.settings.lock_rule(view.at)).await?)
}

/// How many customers a filter lets through in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateCounts {
    /// In any state.
    pub all: u64,
    /// Suspended.
    pub suspended: u64,
    /// Locked after failed sign-ins, suspended or not.
    pub locked: u64,
}

impl StateCounts {
    /// How many are in this state, or in any.
    #[must_use]
    pub const fn of(self, status: Option<Status>) -> u64 {
        match status {
            None => self.all,
            Some(Status::Active) => self.all.saturating_sub(self.suspended),
            Some(Status::Suspended) => self.suspended,
            Some(Status::Locked) => self.locked,
        }
    }
}

/// Counts the manager's customers by state; the filter's own state is not looked at.
///
/// # Errors
/// The database's.
pub async fn state_counts(view: View<'_>, by: &Manager, filter: &Filter) -> Outcome<StateCounts> {
    let count = async |status| listing_count(view, by, &Filter { status, ..filter.clone() }).await;
    Ok(StateCounts {
        all: count(None).await?,
        suspended: count(Some(Status::Suspended)).await?,
        locked: count(Some(Status::Locked)).await?,
    })
}
