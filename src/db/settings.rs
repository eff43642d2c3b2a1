//! Settings of the provider: names and values as text, which the services interpret.

use super::entities::setting;
use super::{DbError, Reader, Tx};
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait as _, Set};
use std::collections::HashMap;

/// Returns all stored settings. Settings that were never changed are not stored.
pub async fn all(on: &Reader) -> Result<HashMap<String, String>, DbError> {
    Ok(setting::Entity::find()
        .all(&on.on())
        .await?
        .into_iter()
        .map(|row| (row.name, row.value))
        .collect())
}

pub async fn set(tx: &Tx, name: &str, value: &str, at: Timestamp) -> Result<(), DbError> {
    let row = setting::ActiveModel {
        name: Set(name.to_owned()),
        value: Set(value.to_owned()),
        updated_at: Set(at.as_second()),
    };
    let replace = OnConflict::column(setting::Column::Name)
        .update_columns([setting::Column::Value, setting::Column::UpdatedAt])
        .to_owned();
    setting::Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.on()).await?;
    Ok(())
}
