//! `Customers.listing` and `Customers.listingCount`: one filter for both, so that totals are those of what is listed.

use crate::db;
use crate::db::customers::Counted;
use crate::domain::actor::{Manager, Scope};
use crate::domain::customer::{Customer, CustomerLine};
use crate::domain::id::CustomerId;
use crate::domain::query::{Column, Direction, Filter, Listing, Page, Status};
use crate::services::{Outcome, View};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Some of the manager's customers, and how many the filter lets through.
///
/// # Errors
/// The database's.
pub async fn listing(view: View<'_>, by: &Manager, listing: &Listing) -> Outcome<Page<Customer>> {
    let total = listing_count(view, by, &listing.filter).await?;
    let items = db::customers::list(view.on, by.scope(), listing, Some(total), view.settings.lock_rule(view.at)).await?;
    Ok(Page { items: with_locks(view, items), total })
}

/// What a list shows of some of the manager's customers, for whoever knows the total already.
///
/// # Errors
/// The database's.
pub async fn lines(view: View<'_>, by: &Manager, listing: &Listing, total: u64) -> Outcome<Vec<CustomerLine>> {
    let mut lines = db::customers::lines(view.on, by.scope(), listing, total, view.settings.lock_rule(view.at)).await?;
    for line in &mut lines {
        view.tell_lock(&mut line.sign_in);
    }
    Ok(lines)
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
    Ok(counts(view, &[counted(by, filter)]).await?.first().copied().unwrap_or(0))
}

async fn counts(view: View<'_>, wanted: &[Counted<'_>]) -> Outcome<Vec<u64>> {
    Ok(db::customers::counts(view.on, wanted, view.settings.lock_rule(view.at)).await?)
}

fn counted<'a>(by: &Manager, filter: &'a Filter) -> Counted<'a> {
    whole(by.scope(), filter).map_or(Counted::Some(by.scope(), filter), Counted::All)
}

/// The scope that a filter comes to which lets everybody through, or all customers of one owner.
fn whole(scope: Scope, filter: &Filter) -> Option<Scope> {
    let owner = filter.owner;
    if *filter != (Filter { owner, ..Filter::default() }) {
        return None;
    }
    match (scope, owner) {
        (scope, None) => Some(scope),
        (Scope::All, Some(owner)) => Some(Scope::OwnedBy(owner)),
        (Scope::OwnedBy(own), Some(owner)) if own == owner => Some(scope),
        _ => None,
    }
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

/// From so many suspended customers on, their number may be as old as [`COUNT_KEPT`]: at a million customers counting them
/// takes longer than the rest of the page.
const MANY: u64 = 10_000;
const COUNT_KEPT: Duration = Duration::from_secs(10);

/// Numbers of suspended customers that take long to count, each with when it was counted.
#[derive(Debug, Default)]
pub struct SuspendedCounts(Mutex<HashMap<Scope, (Instant, u64)>>);

impl SuspendedCounts {
    fn get(&self, scope: Scope) -> Option<u64> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, (at, _)| at.elapsed() < COUNT_KEPT);
        known.get(&scope).map(|(_, n)| *n)
    }

    fn keep(&self, scope: Scope, n: u64) {
        if n >= MANY {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(scope, (Instant::now(), n));
        }
    }
}

/// Counts the manager's customers by state; the filter's own state is not looked at.
///
/// # Errors
/// The database's.
pub async fn state_counts(view: View<'_>, by: &Manager, filter: &Filter, known: &SuspendedCounts) -> Outcome<StateCounts> {
    let [all, suspended, locked] = [None, Some(Status::Suspended), Some(Status::Locked)].map(|status| Filter { status, ..filter.clone() });
    let scope = whole(by.scope(), &all);
    let kept = scope.and_then(|scope| known.get(scope));
    let mut wanted = vec![counted(by, &all), counted(by, &locked)];
    if kept.is_none() {
        wanted.push(counted(by, &suspended));
    }
    let counts = counts(view, &wanted).await?;
    let count = |index: usize| counts.get(index).copied().unwrap_or(0);
    let suspended = kept.unwrap_or_else(|| count(2));
    if let (Some(scope), None) = (scope, kept) {
        known.keep(scope, suspended);
    }
    Ok(StateCounts { all: count(0), suspended, locked: count(1) })
}
