//! `Customers.listing` and `Customers.listingCount`: one filter for both, so that totals are those
//! of what is listed.

use crate::{Outcome, ServiceError, View};
use auth::actor::Manager;
use domain::customer::Customer;
use domain::id::CustomerId;
use domain::query::{Column, Direction, Filter, Listing, Page};

/// Some of the manager's customers, and how many the filter lets through.
///
/// # Errors
/// The database's.
pub async fn listing(view: View<'_>, by: &Manager, listing: &Listing) -> Outcome<Page<Customer>> {
    let (scope, lock) = (by.scope(), view.settings.lock_rule(view.at));
    let page = view.on.snapshot(listing.offset > db::customers::NEAR, async |on| {
        let total = db::customers::exact(on, scope, &listing.filter, lock).await?;
        let items = db::customers::list(on, scope, listing, Some(total), lock).await?;
        Ok::<_, ServiceError>(Page { items, total })
    });
    let Page { items, total } = page.await?;
    Ok(Page { items: with_locks(view, items), total })
}

/// The ids of all that a list of any length would show, in its order: for whoever fetches them part
/// after part, with [`of_ids`].
///
/// Neither pages by offset nor pages after the last row seen would do for that: both look again at
/// an order that others change meanwhile, so that a customer whose name is edited is missed or told
/// twice; and the latter would have to compare texts, NULLs and directions as each engine sorts
/// them. Ids read at once are exact on every engine, and a million of them take 8 MB.
///
/// # Errors
/// The database's.
pub async fn ids(
    view: View<'_>,
    by: &Manager,
    filter: &Filter,
    order: &[(Column, Direction)],
) -> Outcome<Vec<CustomerId>> {
    Ok(db::customers::ids(view.on, by.scope(), filter, order, view.settings.lock_rule(view.at))
        .await?)
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
    Ok(db::customers::exact(view.on, by.scope(), filter, view.settings.lock_rule(view.at)).await?)
}
