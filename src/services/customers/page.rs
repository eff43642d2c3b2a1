//! A page of the customer list, with the numbers of customers by status.

use super::status_counts::{self, StatusCounts};
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

/// A page of the list.
#[derive(Clone, Debug, Default)]
pub struct ListPage {
    /// Numbers of matching customers, by status.
    pub counts: StatusCounts,
    /// Number of this page, from 1.
    pub number: u64,
    pub rows: Vec<CustomerSummary>,
}

/// Returns a page of the manager's customers, and the number of matching customers by status.
///
/// The numbers of a whole scope are cached and may be seconds old. The rows do not depend on them:
/// these numbers only limit the pager.
pub async fn page(view: View<'_>, by: &Manager, request: &PageRequest<'_>) -> Outcome<ListPage> {
    let (scope, lock) = (by.scope(), view.settings.lock_rule(view.at));
    let filter = request.filter;
    let page = match (Filter { status: None, ..filter.clone() }).as_scope(scope) {
        Some(whole) => {
            let counts = status_counts::count_scope(view, whole).await?;
            read_page(view, scope, request, counts, None).await?
        }
        None => match db::customers::find_up_to(view.on, scope, filter, lock, MAX_MATCHES).await? {
            Some(matches) => page_of_matches(view, scope, request, &matches).await?,
            // Counting this many matches takes as long as reading the page. Page and count
            // therefore read one snapshot, and the count is reused.
            None => {
                let page = view.on.snapshot(true, async |on| {
                    let view = View { on, ..view };
                    let counts = status_counts::count_filter(view, scope, filter).await?;
                    read_page(view, scope, request, counts, Some(counts.of(filter.status))).await
                });
                page.await?
            }
        },
    };
    Ok(with_locks(view, page))
}

fn with_locks(view: View<'_>, mut page: ListPage) -> ListPage {
    for row in &mut page.rows {
        view.set_locked(&mut row.sign_in);
    }
    page
}

/// Returns a page of the matches that are already known.
async fn page_of_matches(
    view: View<'_>,
    scope: Scope,
    request: &PageRequest<'_>,
    matches: &[Match],
) -> Outcome<ListPage> {
    let (counts, filter) = (count_by_status(matches), request.filter);
    let number = request.page.min(counts.of(filter.status).div_ceil(request.per_page)).max(1);
    let ids: Vec<CustomerId> = matches
        .iter()
        .filter(|found| filter.status.is_none_or(|status| found.has_status(status)))
        .map(|found| found.id)
        .collect();
    let rows = db::customers::list_rows_by_ids(
        view.on,
        scope,
        &ids,
        &page_query(request, number),
        view.settings.lock_rule(view.at),
    )
    .await?;
    Ok(ListPage { counts, number, rows })
}

/// Reads a page of many matches.
///
/// It reads one row more than it returns, to know whether there is a next page even if the counts
/// are old. If a page after the first is empty, it returns the last page, determined by a new
/// count.
async fn read_page(
    view: View<'_>,
    scope: Scope,
    request: &PageRequest<'_>,
    counts: StatusCounts,
    total: Option<u64>,
) -> Outcome<ListPage> {
    let (filter, lock) = (request.filter, view.settings.lock_rule(view.at));
    let mut query = page_query(request, request.page);
    query.limit += 1;
    let mut rows = db::customers::list_rows(view.on, scope, &query, total, lock).await?;
    let mut counts = counts;
    let mut number = request.page;
    if rows.is_empty() && number > 1 {
        let total = db::customers::count_exactly(view.on, scope, filter, lock).await?;
        counts = counts.with(filter.status, total);
        number = total.div_ceil(request.per_page).max(1);
        rows = db::customers::list_rows(view.on, scope, &page_query(request, number), None, lock)
            .await?;
    }
    let last_row =
        number.saturating_sub(1).saturating_mul(request.per_page).saturating_add(rows.len() as u64);
    let is_last = rows.len() as u64 <= request.per_page && (number == 1 || !rows.is_empty());
    if is_last || counts.of(filter.status) < last_row {
        counts = counts.with(filter.status, last_row);
    }
    rows.truncate(usize::try_from(request.per_page).unwrap_or(usize::MAX));
    Ok(ListPage { counts, number, rows })
}

fn page_query(request: &PageRequest<'_>, number: u64) -> CustomerQuery {
    // The maximum keeps the offset within the integers of the databases. No list has that many
    // rows.
    let offset = number.saturating_sub(1).saturating_mul(request.per_page).min(1 << 60);
    CustomerQuery {
        filter: request.filter.clone(),
        order: vec![request.order],
        limit: request.per_page,
        offset,
    }
}

fn count_by_status(matches: &[Match]) -> StatusCounts {
    let number = |status: Option<Status>| {
        matches.iter().filter(|found| status.is_none_or(|status| found.has_status(status))).count()
            as u64
    };
    StatusCounts {
        all: number(None),
        suspended: number(Some(Status::Suspended)),
        locked: number(Some(Status::Locked)),
    }
}
