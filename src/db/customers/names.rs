//! Login names by email address, customer number or id.

use super::read::within;
use crate::entities::customer;
use crate::{DbError, Reader};
use domain::id::CustomerId;
use domain::scope::Scope;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use std::collections::HashMap;

/// Returns the customers within the scope whose email address key is one of `keys`, as pairs of
/// this key and the login name.
pub async fn login_names_by_email(
    on: &Reader,
    scope: Scope,
    keys: &[String],
) -> Result<Vec<(String, String)>, DbError> {
    login_names_by(on, scope, customer::Column::EmailKey, keys).await
}

/// Returns the customers within the scope who have one of these customer numbers, as pairs of
/// number and login name.
pub async fn login_names_by_number(
    on: &Reader,
    scope: Scope,
    numbers: &[String],
) -> Result<Vec<(String, String)>, DbError> {
    login_names_by(on, scope, customer::Column::CustomerNumber, numbers).await
}

async fn login_names_by(
    on: &Reader,
    scope: Scope,
    column: customer::Column,
    values: &[String],
) -> Result<Vec<(String, String)>, DbError> {
    let query = within(customer::Entity::find(), scope).filter(column.is_in(values));
    Ok(query
        .select_only()
        .columns([column, customer::Column::LoginName])
        .into_tuple()
        .all(&on.on())
        .await?)
}

/// Returns the login names of the given customers that exist and lie within the scope, in one
/// query.
pub async fn login_names(
    on: &Reader,
    scope: Scope,
    ids: &[CustomerId],
) -> Result<HashMap<CustomerId, String>, DbError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = within(customer::Entity::find(), scope)
        .filter(customer::Column::Id.is_in(ids.iter().map(|id| id.0)));
    let found: Vec<(i64, String)> = query
        .select_only()
        .columns([customer::Column::Id, customer::Column::LoginName])
        .into_tuple()
        .all(&on.on())
        .await?;
    Ok(found.into_iter().map(|(id, name)| (CustomerId(id), name)).collect())
}
