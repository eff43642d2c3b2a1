//! A page of the customer list, with the counts in the tabs above it.

use super::state_counts::{self, StateCounts};
use crate::{Outcome, View};
use auth::actor::Manager;
use db::customers::Match;
use domain::customer::CustomerSummary;
use domain::id::CustomerId;
use domain::query::{Column, CustomerQuery, Direction, Filter, Status};
use domain::scope::Scope;

/// Up to this number of matches, one statement reads the ids with their status. Counting and
/// sorting then need no second search.
const MAX_MATCHES: u64 = 500;

/// A request for one page of the list.
#[derive(Clone, Debug)]
pub struct PageRequest<'a> {
    pub filter: &'a Filter,
    pub order: (Column, Direction),
    /// Rows per page.
    pub per_page: u64,
    /// Number of the page, from 1. A number beyond the end stands for the last page.
    pub page: u64,
}

#[derive(Clone, Debug, Default)]
pub struct ListPage {
    /// Numbers of matching customers, by status.
    pub counts: StateCounts,
    /// Number of this page, from 1.
    pub number: u64,
    pub lines: Vec<CustomerSummary>,
}

/// Returns a page of the manager's customers, and the number of matching customers by status.
///
/// The rows do not depend on these numbers, which may be seconds old. The numbers only limit the
/// pager.
pub async fn page(view: View<'_>, by: &Manager, request: &PageRequest<'_>) -> Outcome<ListPage> {
    let (scope, lock) = (by.scope(), view.settings.lock_rule(view.at));
    let filter = request.filter;
    let page = match (Filter { status: None, ..filter.clone() }).as_scope(scope) {
        Some(whole) => {
            let counts = state_counts::count_scope(view, whole).await?;
            with_lines(view, scope, request, counts, None).await?
        }
        None => match db::customers::find_up_to(view.on, scope, filter, lock, MAX_MATCHES).await? {
            Some(found) => page_of_matches(view, scope, request, &found).await?,
            // Counting this many matches takes as long as reading the page. Page and count
            // therefore read one snapshot, and the count is reused.
            None => {
                let one_moment = view.on.snapshot(true, async |on| {
                    let view = View { on, ..view };
                    let counts = state_counts::count_filter(view, scope, filter).await?;
                    with_lines(view, scope, request, counts, Some(counts.of(filter.status))).await
                });
                one_moment.await?
            }
        },
    };
    Ok(with_locks(view, page))
}

fn with_locks(view: View<'_>, mut page: ListPage) -> ListPage {
    for line in &mut page.lines {
        view.set_locked(&mut line.sign_in);
    }
    page
}

/// Returns a page of the matches that are already known.
async fn page_of_matches(
    view: View<'_>,
    scope: Scope,
    request: &PageRequest<'_>,
    found: &[Match],
) -> Outcome<ListPage> {
    let (counts, filter) = (count(found), request.filter);
    let number = request.page.min(counts.of(filter.status).div_ceil(request.per_page)).max(1);
    let ids: Vec<CustomerId> = found
        .iter()
        .filter(|one| filter.status.is_none_or(|status| one.has_status(status)))
        .map(|one| one.id)
        .collect();
    let lines = db::customers::list_rows_by_ids(
        view.on,
        scope,
        &ids,
        &to_listing(request, number),
        view.settings.lock_rule(view.at),
    )
    .await?;
    Ok(ListPage { counts, number, lines })
}

/// Returns a page of many matches.
///
/// It reads one row more than it shows, to know whether there is a next page even if the counts are
/// old. If the page is empty, it returns the last page, determined by a new count.
async fn with_lines(
    view: View<'_>,
    scope: Scope,
    request: &PageRequest<'_>,
    counts: StateCounts,
    total: Option<u64>,
) -> Outcome<ListPage> {
    let (filter, lock) = (request.filter, view.settings.lock_rule(view.at));
    let mut listing = to_listing(request, request.page);
    listing.limit += 1;
    let mut lines = db::customers::list_rows(view.on, scope, &listing, total, lock).await?;
    let mut counts = counts;
    let mut number = request.page;
    if lines.is_empty() && number > 1 {
        let total = db::customers::count_exactly(view.on, scope, filter, lock).await?;
        counts = counts.with(filter.status, total);
        number = total.div_ceil(request.per_page).max(1);
        lines = db::customers::list_rows(view.on, scope, &to_listing(request, number), None, lock)
            .await?;
    }
    let last_row = number
        .saturating_sub(1)
        .saturating_mul(request.per_page)
        .saturating_add(lines.len() as u64);
    let is_last = lines.len() as u64 <= request.per_page && (number == 1 || !lines.is_empty());
    if is_last || counts.of(filter.status) < last_row {
        counts = counts.with(filter.status, last_row);
    }
    lines.truncate(usize::try_from(request.per_page).unwrap_or(usize::MAX));
    Ok(ListPage { counts, number, lines })
}

fn to_listing(request: &PageRequest<'_>, number: u64) -> CustomerQuery {
    // The limit keeps the offset within the integers of the databases. There are no rows that far
    // anyway.
    let offset = number.saturating_sub(1).saturating_mul(request.per_page).min(1 << 60);
    CustomerQuery {
        filter: request.filter.clone(),
        order: vec![request.order],
        limit: request.per_page,
        offset,
    }
}

fn count(found: &[Match]) -> StateCounts {
    let number = |status: Option<Status>| {
        found.iter().filter(|one| status.is_none_or(|status| one.has_status(status))).count() as u64
    };
    StateCounts {
        all: number(None),
        suspended: number(Some(Status::Suspended)),
        locked: number(Some(Status::Locked)),
    }
}
