//! Listing and counting customers.

use super::filter::{self, LockRule};
use super::links::{self, Links};
use super::read::{Row, rows, within};
use crate::db::entities::{admin, customer};
use crate::db::{DbError, Reader};
use crate::domain::actor::Scope;
use crate::domain::customer::Customer;
use crate::domain::id::CustomerId;
use crate::domain::query::{Column, Direction, Filter, Listing};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait as _, Query, SelectStatement, SimpleExpr, SubQueryStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DbBackend, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _, Select,
};
use std::collections::HashMap;

/// Some customers within the scope, in the order asked for. The page's ids come from an index alone, and where it is known
/// how many there are in all from its nearer end; only then are their rows fetched.
///
/// # Errors
/// The database's.
pub async fn list(on: &Reader, scope: Scope, listing: &Listing, total: Option<u64>, lock: LockRule) -> Result<Vec<Customer>, DbError> {
    let (part, is_turned) = turned(listing, total);
    let query = ordered(on, scope, &part.filter, &part.order, lock).limit(part.limit).offset(part.offset);
    let mut ids: Vec<i64> = query.into_tuple().all(&on.on()).await?;
    if is_turned {
        ids.reverse();
    }
    fetch(on, scope, &ids).await
}

/// The same part of a list as seen from its nearer end, and whether that is its last row: then its rows come in reverse. Skipping
/// a million rows takes longer than anything else that a page asks.
pub(super) fn turned(listing: &Listing, total: Option<u64>) -> (Listing, bool) {
    let behind = total.unwrap_or(0).saturating_sub(listing.offset);
    if behind == 0 || behind >= listing.offset {
        return (listing.clone(), false);
    }
    let limit = Ord::min(listing.limit, behind);
    let order = listing.order.iter().map(|(column, direction)| (*column, direction.reversed())).collect();
    (Listing { filter: listing.filter.clone(), order, limit, offset: behind - limit }, true)
}

/// The ids of all customers within the scope that the filter lets through, in the order asked for: one statement, so all of
/// one moment. Eight bytes a customer.
///
/// # Errors
/// The database's.
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

/// Those of some customers who are there and lie within the scope, in the order of their ids' list.
///
/// # Errors
/// The database's.
pub async fn of_ids(on: &Reader, scope: Scope, ids: &[CustomerId]) -> Result<Vec<Customer>, DbError> {
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
        filter::apply(filter::join(query, filter, order.iter().map(|(column, _)| *column)), filter, lock, on.engine()),
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
    let mut links: Links = links::read(on, ids).await?;
    let mut by_id: HashMap<i64, Row> = found.into_iter().map(|row| (row.customer.id, row)).collect();
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).map(|row| row.into_domain(&mut links)).collect())
}

/// Something to count.
pub enum Counted<'a> {
    /// All within this scope: their owners' counters know, so that nobody has to be counted.
    All(Scope),
    /// Those within this scope that a filter lets through.
    Some(Scope, &'a Filter),
}

/// Counts, in one statement.
///
/// # Errors
/// The database's.
pub async fn counts(on: &Reader, wanted: &[Counted<'_>], lock: LockRule) -> Result<Vec<u64>, DbError> {
    let mut statement = Query::select();
    for counted in wanted {
        let count = match counted {
            Counted::All(scope) => from_counters(on, *scope),
            Counted::Some(scope, filter) => {
                let query = within(customer::Entity::find(), *scope);
                let query = filter::apply(filter::join(query, filter, []), filter, lock, on.engine());
                query.select_only().column_as(customer::Column::Id.count(), "n").into_query()
            }
        };
        statement.expr(SimpleExpr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(count))));
    }
    let row = on.on().query_one(&statement).await?;
    let number = |index| row.as_ref().map_or(Ok(None), |row| row.try_get_by_index::<Option<i64>>(index));
    (0..wanted.len()).map(|index| Ok(crate::db::values::count(number(index)?.unwrap_or(0)))).collect()
}

/// How many customers within the scope a filter lets through, how many of them are suspended and how many locked, whatever state
/// the filter asks for: in one pass over those it finds.
///
/// # Errors
/// The database's.
pub async fn count_states(on: &Reader, scope: Scope, filter: &Filter, lock: LockRule) -> Result<[u64; 3], DbError> {
    let filter = Filter { status: None, ..filter.clone() };
    let query = within(customer::Entity::find(), scope);
    let query = filter::apply(filter::join(query, &filter, []), &filter, lock, on.engine());
    let counted = |condition: SimpleExpr| Expr::expr(CaseStatement::new().case(condition, Expr::val(1))).count();
    let own = |column: customer::Column| Expr::col((customer::Entity, column));
    let query = query
        .select_only()
        .column_as(customer::Column::Id.count(), "found")
        .column_as(counted(own(customer::Column::Suspended).eq(true)), "suspended")
        .column_as(counted(own(customer::Column::LoginId).in_subquery(filter::locked(lock))), "locked");
    let found: Option<(i64, i64, i64)> = query.into_tuple().one(&on.on()).await?;
    let (all, suspended, locked) = found.unwrap_or_default();
    Ok([all, suspended, locked].map(crate::db::values::count))
}

fn from_counters(on: &Reader, scope: Scope) -> SelectStatement {
    let whole = if on.engine() == DbBackend::MySql { "SIGNED" } else { "BIGINT" };
    let sum = Expr::col(admin::Column::CustomersUsed).sum().cast_as(whole);
    let owners = match scope {
        Scope::OwnedBy(owner) => admin::Entity::find().filter(admin::Column::Id.eq(owner.0)),
        // A customer is not anybody's owner; nobody asks how many he is.
        Scope::All | Scope::Only(_) => admin::Entity::find(),
    };
    owners.select_only().column_as(sum, "n").into_query()
}
