//! Lists and counts customers.

use super::filter::{self, LockRule};
use super::links;
use super::read::{Row, rows, within};
use super::total;
use crate::entities::customer;
use crate::{DbError, Reader};
use domain::customer::Customer;
use domain::id::CustomerId;
use domain::query::{Column, CustomerQuery, Direction, Filter, total_order};
use domain::scope::Scope;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait as _, SimpleExpr};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Select};
use std::collections::HashMap;

/// Up to this offset, a page is always reached by skipping rows from the front. That is faster than
/// counting all rows.
pub const MAX_SKIPPED_ROWS: u64 = 1000;

/// Returns one page of the customers within the scope, in the requested order. First reads the ids
/// of the page, from an index alone, and then their rows. `total` is the exact number of rows in
/// the snapshot that `on` reads, if known.
pub async fn list(
    on: &Reader,
    scope: Scope,
    listing: &CustomerQuery,
    total: Option<u64>,
    lock: LockRule,
) -> Result<Vec<Customer>, DbError> {
    on.snapshot(listing.offset > MAX_SKIPPED_ROWS, async |on| {
        let (part, is_reversed) = from_nearer_end(on, scope, listing, total, lock).await?;
        let query = ordered(on, scope, &part.filter, &part.order, lock)
            .limit(part.limit)
            .offset(part.offset);
        let mut ids: Vec<i64> = query.into_tuple().all(&on.on()).await?;
        if is_reversed {
            ids.reverse();
        }
        fetch(on, scope, &ids).await
    })
    .await
}

/// Returns the part of the list to read, and whether its order is reversed. A page in the second
/// half of the list is read from the end, because skipping many rows is the slowest step of a page.
/// An inexact total would shift the page, so an unknown total is counted in the page's snapshot.
pub(super) async fn from_nearer_end(
    on: &Reader,
    scope: Scope,
    listing: &CustomerQuery,
    total: Option<u64>,
    lock: LockRule,
) -> Result<(CustomerQuery, bool), DbError> {
    if listing.offset <= MAX_SKIPPED_ROWS {
        return Ok((listing.clone(), false));
    }
    let total = match total {
        Some(total) => total,
        None => total::count_exactly(on, scope, &listing.filter, lock).await?,
    };
    let remaining = total.saturating_sub(listing.offset);
    if remaining == 0 {
        return Ok((CustomerQuery { limit: 0, offset: 0, ..listing.clone() }, false));
    }
    if remaining >= listing.offset {
        return Ok((listing.clone(), false));
    }
    let limit = Ord::min(listing.limit, remaining);
    let order = total_order(&listing.order)
        .into_iter()
        .map(|(column, direction)| (column, direction.reversed()))
        .collect();
    Ok((
        CustomerQuery { filter: listing.filter.clone(), order, limit, offset: remaining - limit },
        true,
    ))
}

/// Returns the ids of all customers within the scope that match the filter, in the requested order.
/// Reads them in one statement, and thus from one snapshot. The result takes eight bytes per
/// customer.
pub async fn ids(
    on: &Reader,
    scope: Scope,
    filter: &Filter,
    order: &[(Column, Direction)],
    lock: LockRule,
) -> Result<Vec<CustomerId>, DbError> {
    let ids: Vec<i64> = ordered(on, scope, filter, order, lock).into_tuple().all(&on.on()).await?;
    Ok(ids.into_iter().map(CustomerId).collect())
}

/// Returns the given customers that exist and lie within the scope, in the order of `ids`.
pub async fn list_by_ids(
    on: &Reader,
    scope: Scope,
    ids: &[CustomerId],
) -> Result<Vec<Customer>, DbError> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    fetch(on, scope, &ids).await
}

pub(super) fn ordered(
    on: &Reader,
    scope: Scope,
    filter: &Filter,
    order: &[(Column, Direction)],
    lock: LockRule,
) -> Select<customer::Entity> {
    let query = within(customer::Entity::find().select_only().column(customer::Column::Id), scope);
    filter::order(
        filter::apply(
            filter::join(query, filter, order.iter().map(|(column, _)| *column)),
            filter,
            lock,
            on.engine(),
        ),
        order,
        on.engine(),
    )
}

async fn fetch(on: &Reader, scope: Scope, ids: &[i64]) -> Result<Vec<Customer>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = within(rows(), scope).filter(customer::Column::Id.is_in(ids.iter().copied()));
    let found = wanted.into_model::<Row>().all(&on.on()).await?;
    let mut links = links::read(on, ids).await?;
    let mut by_id: HashMap<i64, Row> =
        found.into_iter().map(|row| (row.customer.id, row)).collect();
    Ok(ids
        .iter()
        .filter_map(|id| by_id.remove(id))
        .map(|row| row.into_domain(&mut links))
        .collect())
}

/// Returns the number of customers within the scope that match the filter, and how many of these
/// are suspended and how many are locked. Ignores the filter's status. Reads the matching rows
/// once.
pub async fn count_by_status(
    on: &Reader,
    scope: Scope,
    filter: &Filter,
    lock: LockRule,
) -> Result<[u64; 3], DbError> {
    let filter = Filter { status: None, ..filter.clone() };
    let query = within(customer::Entity::find(), scope);
    let query = filter::apply(filter::join(query, &filter, []), &filter, lock, on.engine());
    let counted = |condition: SimpleExpr| {
        Expr::expr(CaseStatement::new().case(condition, Expr::val(1))).count()
    };
    let customer_column = |column: customer::Column| Expr::col((customer::Entity, column));
    let query = query
        .select_only()
        .column_as(customer::Column::Id.count(), "found")
        .column_as(counted(customer_column(customer::Column::Suspended).eq(true)), "suspended")
        .column_as(
            counted(
                customer_column(customer::Column::LoginId).in_subquery(filter::locked_logins(lock)),
            ),
            "locked",
        );
    let found: Option<(i64, i64, i64)> = query.into_tuple().one(&on.on()).await?;
    let (all, suspended, locked) = found.unwrap_or_default();
    Ok([all, suspended, locked].map(crate::values::to_u64))
}
