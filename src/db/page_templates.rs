//! Pages that the provider changed, by name.

use super::entities::page_template;
use super::{DbError, Reader, Tx};
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait as _, Set};

/// Returns the page with this name, or `None` if the built-in one applies.
pub async fn find(on: &Reader, name: &str) -> Result<Option<String>, DbError> {
    Ok(page_template::Entity::find_by_id(name).one(&on.on()).await?.map(|row| row.body))
}

/// Stores a page, which replaces the earlier one.
pub async fn set(tx: &Tx, name: &str, body: &str, at: Timestamp) -> Result<(), DbError> {
    let row = page_template::ActiveModel {
        name: Set(name.to_owned()),
        body: Set(body.to_owned()),
        updated_at: Set(at.as_second()),
    };
    let replace = OnConflict::column(page_template::Column::Name)
        .update_columns([page_template::Column::Body, page_template::Column::UpdatedAt])
        .to_owned();
    page_template::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(&tx.on())
        .await?;
    Ok(())
}

/// Removes a page, so that the built-in one applies again. Returns whether it existed.
pub async fn remove(tx: &Tx, name: &str) -> Result<bool, DbError> {
    Ok(page_template::Entity::delete_by_id(name).exec(&tx.on()).await?.rows_affected == 1)
}
