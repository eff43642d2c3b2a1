//! Sealed forms that were submitted after their session had ended. Tokens are stored as digests.

use super::entities::kept_form;
use super::{DbError, Reader, Tx};
use domain::id::LoginId;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

/// Stores a form and deletes the oldest ones of the account, so that at most `max` remain,
/// including the new one.
///
/// # Errors
/// [`DbError::ForeignKeyViolation`] if the account was deleted.
pub async fn insert(
    tx: &Tx,
    token_digest: &str,
    login: LoginId,
    sealed: String,
    max: u64,
    at: Timestamp,
) -> Result<(), DbError> {
    let stored: Vec<String> = kept_form::Entity::find()
        .select_only()
        .column(kept_form::Column::TokenDigest)
        .filter(kept_form::Column::LoginId.eq(login.0))
        .order_by_desc(kept_form::Column::CreatedAt)
        .order_by_asc(kept_form::Column::TokenDigest)
        .into_tuple()
        .all(&tx.on())
        .await?;
    let surplus: Vec<String> = stored
        .into_iter()
        .skip(usize::try_from(max.saturating_sub(1)).unwrap_or(usize::MAX))
        .collect();
    if !surplus.is_empty() {
        kept_form::Entity::delete_many()
            .filter(kept_form::Column::TokenDigest.is_in(surplus))
            .exec(&tx.on())
            .await?;
    }
    let row = kept_form::ActiveModel {
        token_digest: Set(token_digest.to_owned()),
        login_id: Set(login.0),
        sealed: Set(sealed),
        created_at: Set(at.as_second()),
    };
    row.insert(&tx.on()).await?;
    Ok(())
}

/// Returns the form with this token if it belongs to the account and was stored after `since`.
pub async fn find(
    on: &Reader,
    token_digest: &str,
    login: LoginId,
    since: Timestamp,
) -> Result<Option<String>, DbError> {
    let query = kept_form::Entity::find_by_id(token_digest.to_owned())
        .filter(kept_form::Column::LoginId.eq(login.0))
        .filter(kept_form::Column::CreatedAt.gt(since.as_second()));
    Ok(query.one(&on.on()).await?.map(|row| row.sealed))
}

/// Deletes forms that were stored before `before`. Returns their number.
pub async fn delete_before(tx: &Tx, before: Timestamp) -> Result<u64, DbError> {
    let old = kept_form::Column::CreatedAt.lt(before.as_second());
    Ok(kept_form::Entity::delete_many().filter(old).exec(&tx.on()).await?.rows_affected)
}
