//! Forms that were sent after their session had ended, sealed; their tokens as digests.

use super::entities::kept_form;
use super::{DbError, Reader, Tx};
use domain::id::LoginId;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

/// Keeps a form, and of the account's earlier ones so many that there are at most `most`.
///
/// # Errors
/// The database's; [`DbError::Reference`] where the account is gone.
pub async fn insert(
    tx: &Tx,
    token_digest: &str,
    login: LoginId,
    sealed: String,
    most: u64,
    at: Timestamp,
) -> Result<(), DbError> {
    let earlier: Vec<String> = kept_form::Entity::find()
        .select_only()
        .column(kept_form::Column::TokenDigest)
        .filter(kept_form::Column::LoginId.eq(login.0))
        .order_by_desc(kept_form::Column::CreatedAt)
        .order_by_asc(kept_form::Column::TokenDigest)
        .into_tuple()
        .all(&tx.on())
        .await?;
    let spare: Vec<String> = earlier
        .into_iter()
        .skip(usize::try_from(most.saturating_sub(1)).unwrap_or(usize::MAX))
        .collect();
    if !spare.is_empty() {
        kept_form::Entity::delete_many()
            .filter(kept_form::Column::TokenDigest.is_in(spare))
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

/// A form of this account that was kept after `since`.
///
/// # Errors
/// The database's.
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

/// Forgets forms kept before `before`.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &Tx, before: Timestamp) -> Result<u64, DbError> {
    let old = kept_form::Column::CreatedAt.lt(before.as_second());
    Ok(kept_form::Entity::delete_many().filter(old).exec(&tx.on()).await?.rows_affected)
}
