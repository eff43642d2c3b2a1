//! Listing and counting customers.

use super::filter::{self, LockRule};
use super::links::{self, Links};
use super::read::{Row, rows, within};
use crate::db::entities::customer;
use crate::db::{DbError, Reader};
use crate::domain::actor::Scope;
use crate::domain::customer::Customer;
use crate::domain::id::CustomerId;
use crate::domain::query::{Column, Direction, Filter, Listing};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _, Select};
use std::collections::HashMap;

/// Some customers within the scope, in the order asked for. The page's ids come from an index alone; only then are
/// their rows fetched, so a deep page costs no more than its ids.
///
/// # Errors
/// The database's.
pub async fn list(on: &Reader, scope: Scope, listing: &Listing, lock: LockRule) -> Result<Vec<Customer>, DbError> {
    let query = ordered(on, scope, &listing.filter, &listing.order, lock).limit(listing.limit).offset(listing.offset);
    let ids: Vec<i64> = query.into_tuple().all(&on.on()).await?;
    fetch(on, scope, &ids).await
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

fn ordered(on: &Reader, scope: Scope, filter: &Filter, order: &[(Column, Direction)], lock: LockRule) -> Select<customer::Entity> {
    let query = within(customer::Entity::find().select_only().column(customer::Column::Id), scope);
    filter::order(filter::apply(filter::join(query, filter, order), filter, lock, on.engine()), order, on.engine())
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

/// How many customers within the scope the filter lets through.
///
/// # Errors
/// The database's.
pub async fn count(on: &Reader, scope: Scope, filter: &Filter, lock: LockRule) -> Result<u64, DbError> {
    let query = within(customer::Entity::find(), scope);
    let query = filter::apply(filter::join(query, filter, &[]), filter, lock, on.engine());
    Ok(query.count(&on.on()).await?)
}
