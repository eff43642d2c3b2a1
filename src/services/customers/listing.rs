//! `Customers.listing` and `Customers.listingCount`: one filter for both, so that totals are those of what is listed.

use crate::db;
use crate::domain::actor::Manager;
use crate::domain::customer::Customer;
use crate::domain::query::{Filter, Listing, Page, Status};
use crate::services::{Outcome, View};

/// Some of the manager's customers, and how many the filter lets through.
///
/// # Errors
/// The database's.
pub async fn listing(view: View<'_>, by: &Manager, listing: &Listing) -> Outcome<Page<Customer>> {
    let total = listing_count(view, by, &listing.filter).await?;
    Ok(Page { items: rows(view, by, listing).await?, total })
}

/// The same without counting: for whoever knows the total already, and for exports, which ask for one part after the other.
///
/// # Errors
/// The database's.
pub async fn rows(view: View<'_>, by: &Manager, listing: &Listing) -> Outcome<Vec<Customer>> {
    let mut items = db::customers::list(view.on, by.scope(), listing, view.settings.lock_rule(view.at)).await?;
    for customer in &mut items {
        view.tell_lock(&mut customer.sign_in);
    }
    Ok(items)
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
