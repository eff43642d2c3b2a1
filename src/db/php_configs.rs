//! PHP configurations.

use super::entities::{customer_php_config, php_config};
use super::values::to_u64;
use super::{DbError, Reader, Tx};
use domain::id::PhpConfigId;
use domain::php_config::PhpConfig;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use std::collections::HashMap;

/// Returns all PHP configurations, ordered by id.
pub async fn all(on: &Reader) -> Result<Vec<PhpConfig>, DbError> {
    let rows =
        php_config::Entity::find().order_by_asc(php_config::Column::Id).all(&on.on()).await?;
    Ok(rows
        .into_iter()
        .map(|row| PhpConfig {
            id: PhpConfigId(row.id),
            description: row.description,
            binary: row.binary,
            php_ini: row.php_ini,
        })
        .collect())
}

/// Returns those of `ids` that do not exist.
pub async fn missing(on: &Reader, ids: &[PhpConfigId]) -> Result<Vec<PhpConfigId>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let known = all(on).await?;
    Ok(ids.iter().copied().filter(|id| !known.iter().any(|config| config.id == *id)).collect())
}

/// Updates a PHP configuration. Without an id, inserts one.
pub async fn save(
    tx: &Tx,
    id: Option<PhpConfigId>,
    description: &str,
    binary: &str,
    php_ini: &str,
    at: Timestamp,
) -> Result<PhpConfigId, DbError> {
    let mut row = php_config::ActiveModel {
        id: ActiveValue::NotSet,
        description: Set(description.to_owned()),
        binary: Set(binary.to_owned()),
        php_ini: Set(php_ini.to_owned()),
        created_at: ActiveValue::NotSet,
    };
    if let Some(id) = id {
        row.id = ActiveValue::Unchanged(id.0);
        row.update(&tx.on()).await?;
        return Ok(id);
    }
    row.created_at = Set(at.as_second());
    Ok(PhpConfigId(row.insert(&tx.on()).await?.id))
}

/// Returns the number of customers who can use a PHP configuration.
pub async fn count_customers(on: &Reader, id: PhpConfigId) -> Result<u64, DbError> {
    Ok(customer_php_config::Entity::find()
        .filter(customer_php_config::Column::PhpConfigId.eq(id.0))
        .count(&on.on())
        .await?)
}

/// Returns the number of customers who can use each PHP configuration. Configurations without
/// customers are omitted.
pub async fn customer_counts(on: &Reader) -> Result<HashMap<PhpConfigId, u64>, DbError> {
    let id = customer_php_config::Column::PhpConfigId;
    let query = customer_php_config::Entity::find()
        .select_only()
        .column(id)
        .column_as(customer_php_config::Column::CustomerId.count(), "customers");
    let found: Vec<(i64, i64)> = query.group_by(id).into_tuple().all(&on.on()).await?;
    Ok(found.into_iter().map(|(id, customers)| (PhpConfigId(id), to_u64(customers))).collect())
}

/// Removes a PHP configuration that no customer can use. Returns whether it existed.
///
/// # Errors
/// [`DbError::ForeignKeyViolation`] if the PHP configuration is in use.
pub async fn remove(tx: &Tx, id: PhpConfigId) -> Result<bool, DbError> {
    Ok(php_config::Entity::delete_by_id(id.0).exec(&tx.on()).await?.rows_affected == 1)
}
