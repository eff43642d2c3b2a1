//! A page of the list, with the numbers in the tabs above it.

use super::state_counts::{self, LargeCounts, StateCounts};
use crate::{Outcome, View};
use auth::actor::Manager;
use db::customers::Found;
use domain::customer::CustomerLine;
use domain::id::CustomerId;
use domain::query::{Column, Direction, Filter, Listing, Status};
use domain::scope::Scope;

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

/// Some of the manager's customers, and how many there are in each state. Which rows are on the
/// page does not depend on these numbers, which may be seconds old: they only bound the pager.
///
/// # Errors
/// The database's.
pub async fn page(
    view: View<'_>,
    by: &Manager,
    wanted: &Wanted<'_>,
    known: &LargeCounts,
) -> Outcome<ListPage> {
    let (scope, lock) = (by.scope(), view.settings.lock_rule(view.at));
    let filter = wanted.filter;
    let page = match (Filter { status: None, ..filter.clone() }).whole(scope) {
        Some(whole) => {
            let counts = state_counts::of_scope(view, whole, known).await?;
            with_lines(view, scope, wanted, counts, None).await?
        }
        None => match db::customers::few(view.on, scope, filter, lock, FEW).await? {
            Some(found) => of_few(view, scope, wanted, &found).await?,
            // Counting them all takes as long as reading the page: both see one moment, and they
            // are counted once.
            None => {
                let one_moment = view.on.snapshot(true, async |on| {
                    let view = View { on, ..view };
                    let counts = state_counts::of_filter(view, scope, filter).await?;
                    with_lines(view, scope, wanted, counts, Some(counts.of(filter.status))).await
                });
                one_moment.await?
            }
        },
    };
    Ok(with_locks(view, page))
}

fn with_locks(view: View<'_>, mut page: ListPage) -> ListPage {
    for line in &mut page.lines {
        view.tell_lock(&mut line.sign_in);
    }
    page
}

/// A page of those whom a filter found.
async fn of_few(
    view: View<'_>,
    scope: Scope,
    wanted: &Wanted<'_>,
    found: &[Found],
) -> Outcome<ListPage> {
    let (counts, filter) = (count(found), wanted.filter);
    let number = wanted.page.min(counts.of(filter.status).div_ceil(wanted.per_page)).max(1);
    let ids: Vec<CustomerId> = found
        .iter()
        .filter(|one| filter.status.is_none_or(|status| one.is(status)))
        .map(|one| one.id)
        .collect();
    let lines = db::customers::lines_of(
        view.on,
        scope,
        &ids,
        &part(wanted, number),
        view.settings.lock_rule(view.at),
    )
    .await?;
    Ok(ListPage { counts, number, lines })
}

/// A page of many. One row more than it shows tells whether there is a next page, whatever the
/// counts say; where there is nothing on it, the last page is looked for with a count of this
/// moment.
async fn with_lines(
    view: View<'_>,
    scope: Scope,
    wanted: &Wanted<'_>,
    counts: StateCounts,
    total: Option<u64>,
) -> Outcome<ListPage> {
    let (filter, lock) = (wanted.filter, view.settings.lock_rule(view.at));
    let mut listing = part(wanted, wanted.page);
    listing.limit += 1;
    let mut lines = db::customers::lines(view.on, scope, &listing, total, lock).await?;
    let mut counts = counts;
    let mut number = wanted.page;
    if lines.is_empty() && number > 1 {
        let total = db::customers::exact(view.on, scope, filter, lock).await?;
        counts = counts.with(filter.status, total);
        number = total.div_ceil(wanted.per_page).max(1);
        lines = db::customers::lines(view.on, scope, &part(wanted, number), None, lock).await?;
    }
    let there =
        number.saturating_sub(1).saturating_mul(wanted.per_page).saturating_add(lines.len() as u64);
    let is_last = lines.len() as u64 <= wanted.per_page && (number == 1 || !lines.is_empty());
    if is_last || counts.of(filter.status) < there {
        counts = counts.with(filter.status, there);
    }
    lines.truncate(usize::try_from(wanted.per_page).unwrap_or(usize::MAX));
    Ok(ListPage { counts, number, lines })
}

fn part(wanted: &Wanted<'_>, number: u64) -> Listing {
    // Beyond what a database can count there is nothing anyway.
    let offset = number.saturating_sub(1).saturating_mul(wanted.per_page).min(1 << 60);
    Listing {
        filter: wanted.filter.clone(),
        order: vec![wanted.order],
        limit: wanted.per_page,
        offset,
    }
}

fn count(found: &[Found]) -> StateCounts {
    let number = |status: Option<Status>| {
        found.iter().filter(|one| status.is_none_or(|status| one.is(status))).count() as u64
    };
    StateCounts {
        all: number(None),
        suspended: number(Some(Status::Suspended)),
        locked: number(Some(Status::Locked)),
    }
}
