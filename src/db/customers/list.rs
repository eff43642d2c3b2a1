//! Listing and counting customers.

use super::filter::{self, LockRule};
use super::links::{self, Links};
use super::read::{Row, rows, within};
use crate::db::entities::customer;
use crate::db::{DbError, Reader};
use crate::domain::actor::Scope;
use crate::domain::customer::Customer;
use crate::domain::query::{Filter, Listing};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _};
use std::collections::HashMap;

/// Some customers within the scope, in the order asked for. The page's ids come from an index alone; only then are
/// their rows fetched, so a deep page costs no more than its ids.
///
/// # Errors
/// The database's.
pub async fn list(on: &Reader, scope: Scope, listing: &Listing, lock: LockRule) -> Result<Vec<Customer>, DbError> {
    let query = within(customer::Entity::find().select_only().column(customer::Column::Id), scope);
    let query = filter::join(query, &listing.filter, &listing.order);
    let query = filter::order(filter::apply(query, &listing.filter, lock, on.engine()), &listing.order);
    let ids: Vec<i64> = query.limit(listing.limit).offset(listing.offset).into_tuple().all(&on.on()).await?;
    fetch(on, &ids).await
}

async fn fetch(on: &Reader, ids: &[i64]) -> Result<Vec<Customer>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = rows().filter(customer::Column::Id.is_in(ids.iter().copied())).into_model::<Row>().all(&on.on()).await?;
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
