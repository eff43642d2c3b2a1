//! Outages: services that the worker cannot reach at the moment.

use super::entities::outage;
use super::values::to_timestamp;
use super::{DbError, Reader, Tx};
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set};

/// An unreachable service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutageRow {
    /// Code of the service.
    pub service: String,
    /// Display name; empty if there is only one such service.
    pub name: String,
    /// Error of the last attempt.
    pub last_error: String,
    pub since: Timestamp,
}

/// Returns all outages, oldest first.
pub async fn all(on: &Reader) -> Result<Vec<OutageRow>, DbError> {
    let rows = outage::Entity::find()
        .order_by_asc(outage::Column::Since)
        .order_by_asc(outage::Column::What)
        .all(&on.on())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| OutageRow {
            service: row.what,
            name: row.name,
            last_error: row.last_error,
            since: to_timestamp(row.since),
        })
        .collect())
}

/// Records an outage. If it is already recorded, its start time stays the same.
pub async fn record(
    tx: &Tx,
    service: &str,
    name: &str,
    error: &str,
    at: Timestamp,
) -> Result<(), DbError> {
    let row = outage::ActiveModel {
        what: Set(service.to_owned()),
        name: Set(name.to_owned()),
        last_error: Set(error.to_owned()),
        since: Set(at.as_second()),
        updated_at: Set(at.as_second()),
    };
    let updated = [outage::Column::Name, outage::Column::LastError, outage::Column::UpdatedAt];
    let replace = OnConflict::column(outage::Column::What).update_columns(updated).to_owned();
    outage::Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.on()).await?;
    Ok(())
}

/// Deletes an outage because the service is reachable again. Returns whether it was recorded.
pub async fn clear(tx: &Tx, service: &str) -> Result<bool, DbError> {
    Ok(outage::Entity::delete_by_id(service.to_owned()).exec(&tx.on()).await?.rows_affected == 1)
}

/// Returns whether an outage of the service is recorded.
pub async fn is_recorded(on: &Reader, service: &str) -> Result<bool, DbError> {
    Ok(outage::Entity::find_by_id(service.to_owned()).one(&on.on()).await?.is_some())
}

/// Deletes outages that were last recorded before `before`. Returns their number.
pub async fn delete_before(tx: &Tx, before: Timestamp) -> Result<u64, DbError> {
    let old = outage::Column::UpdatedAt.lt(before.as_second());
    Ok(outage::Entity::delete_many().filter(old).exec(&tx.on()).await?.rows_affected)
}
