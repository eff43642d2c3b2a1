//! Login names by id.

use super::read::within;
use crate::db::entities::customer;
use crate::db::{DbError, Reader};
use crate::domain::actor::Scope;
use crate::domain::id::CustomerId;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use std::collections::HashMap;

/// The login names of those of some customers who are there and lie within the scope, in one query.
///
/// # Errors
/// The database's.
pub async fn login_names(on: &Reader, scope: Scope, ids: &[CustomerId]) -> Result<HashMap<CustomerId, String>, DbError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = within(customer::Entity::find(), scope).filter(customer::Column::Id.is_in(ids.iter().map(|id| id.0)));
    let found: Vec<(i64, String)> =
        query.select_only().columns([customer::Column::Id, customer::Column::LoginName]).into_tuple().all(&on.on()).await?;
    Ok(found.into_iter().map(|(id, name)| (CustomerId(id), name)).collect())
}
