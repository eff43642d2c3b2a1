//! `Customers.listing` and `Customers.listingCount`. Both use one filter, so that totals match the
//! lists.

use crate::{Outcome, ServiceError, View};
use auth::actor::Manager;
use domain::customer::Customer;
use domain::id::CustomerId;
use domain::query::{Column, CustomerQuery, Direction, Filter, Page};

/// Returns a part of the manager's customers that match the filter, and the total of matches.
pub async fn listing(
    view: View<'_>,
    by: &Manager,
    listing: &CustomerQuery,
) -> Outcome<Page<Customer>> {
    let (scope, lock) = (by.scope(), view.settings.lock_rule(view.at));
    let page = view.on.snapshot(listing.offset > db::customers::MAX_SKIPPED_ROWS, async |on| {
        let total = db::customers::count_exactly(on, scope, &listing.filter, lock).await?;
        let items = db::customers::list(on, scope, listing, Some(total), lock).await?;
        Ok::<_, ServiceError>(Page { items, total })
    });
    let Page { items, total } = page.await?;
    Ok(Page { items: with_locks(view, items), total })
}

/// Returns the ids of all matching customers in this order. Callers then fetch the customers in
/// parts with [`find_by_ids`].
///
/// Paging would be inexact here, both by offset and after the last row. Each page would read an
/// order that other transactions change, so that a renamed customer is missed or listed twice.
/// Paging after the last row would also have to compare texts, NULLs and directions as each engine
/// sorts them. Ids from one statement are exact on every engine. A million of them take 8 MB.
pub async fn ids(
    view: View<'_>,
    by: &Manager,
    filter: &Filter,
    order: &[(Column, Direction)],
) -> Outcome<Vec<CustomerId>> {
    Ok(db::customers::ids(view.on, by.scope(), filter, order, view.settings.lock_rule(view.at))
        .await?)
}

/// Returns the customers with these ids, in the order of `ids`. Omits customers who do not exist
/// any more and those outside the manager's scope.
pub async fn find_by_ids(
    view: View<'_>,
    by: &Manager,
    ids: &[CustomerId],
) -> Outcome<Vec<Customer>> {
    Ok(with_locks(view, db::customers::list_by_ids(view.on, by.scope(), ids).await?))
}

fn with_locks(view: View<'_>, mut items: Vec<Customer>) -> Vec<Customer> {
    for customer in &mut items {
        view.set_locked(&mut customer.sign_in);
    }
    items
}

/// Returns how many of the manager's customers match the filter.
pub async fn listing_count(view: View<'_>, by: &Manager, filter: &Filter) -> Outcome<u64> {
    Ok(db::customers::count_exactly(view.on, by.scope(), filter, view.settings.lock_rule(view.at))
        .await?)
}
