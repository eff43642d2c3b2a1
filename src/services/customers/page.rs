//! A page of the list, with the numbers in the tabs above it.

use super::listing::whole;
use super::state_counts::{self, LargeCounts, StateCounts};
use crate::db;
use crate::db::customers::Found;
use crate::domain::actor::Manager;
use crate::domain::customer::CustomerLine;
use crate::domain::id::CustomerId;
use crate::domain::query::{Column, Direction, Filter, Listing, Status};
use crate::services::{Outcome, View};

/// So many are told apart by state and put in order without asking for all of them again.
const FEW: u64 = 500;

/// Which page of the list.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Of whom.
    pub filter: &'a Filter,
    /// In which order.
    pub order: (Column, Direction),
    /// Rows a page.
    pub per_page: u64,
    /// Which one, from 1; one beyond the end is the last.
    pub page: u64,
}

/// A page of the list.
#[derive(Clone, Debug, Default)]
pub struct ListPage {
    /// How many the filter lets through, by state.
    pub counts: StateCounts,
    /// Which page it is.
    pub number: u64,
    /// Its rows.
    pub lines: Vec<CustomerLine>,
}

/// Some of the manager's customers, and how many there are in each state.
///
/// # Errors
/// The database's.
pub async fn page(view: View<'_>, by: &Manager, wanted: &Wanted<'_>, known: &LargeCounts) -> Outcome<ListPage> {
    let (scope, lock) = (by.scope(), view.settings.lock_rule(view.at));
    let filter = wanted.filter;
    let (counts, few) = match whole(scope, &Filter { status: None, ..filter.clone() }) {
        Some(whole) => (state_counts::of_scope(view, whole, known).await?, None),
        None => match db::customers::few(view.on, scope, filter, lock, FEW).await? {
            Some(found) => (count(&found), Some(found)),
            None => (state_counts::of_filter(view, scope, filter).await?, None),
        },
    };
    let total = counts.of(filter.status);
    let number = wanted.page.min(total.div_ceil(wanted.per_page)).max(1);
    let offset = (number - 1) * wanted.per_page;
    let listing = Listing { filter: filter.clone(), order: vec![wanted.order], limit: wanted.per_page, offset };
    let mut lines = match few {
        Some(found) => {
            let ids: Vec<CustomerId> =
                found.iter().filter(|one| filter.status.is_none_or(|status| one.is(status))).map(|one| one.id).collect();
            db::customers::lines_of(view.on, scope, &ids, &listing, lock).await?
        }
        None => db::customers::lines(view.on, scope, &listing, total, lock).await?,
    };
    for line in &mut lines {
        view.tell_lock(&mut line.sign_in);
    }
    Ok(ListPage { counts, number, lines })
}

fn count(found: &[Found]) -> StateCounts {
    let number = |status: Option<Status>| found.iter().filter(|one| status.is_none_or(|status| one.is(status))).count() as u64;
    StateCounts { all: number(None), suspended: number(Some(Status::Suspended)), locked: number(Some(Status::Locked)) }
}
