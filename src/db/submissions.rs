//! Submitted forms: a second submission of the same form leads to the result of the first.

use super::entities::submission;
use super::{DbError, Reader, Tx};
use domain::id::LoginId;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

/// Records a submitted form and the address of its result.
///
/// # Errors
/// [`DbError::UniqueViolation`] if it was submitted before.
pub async fn insert(
    tx: &Tx,
    token_digest: &str,
    login: LoginId,
    result: &str,
    at: Timestamp,
) -> Result<(), DbError> {
    let row = submission::ActiveModel {
        token_digest: Set(token_digest.to_owned()),
        login_id: Set(login.0),
        result: Set(result.to_owned()),
        created_at: Set(at.as_second()),
    };
    row.insert(&tx.on()).await?;
    Ok(())
}

/// Returns the address of the result of a form that this account submitted before.
pub async fn find(
    on: &Reader,
    token_digest: &str,
    login: LoginId,
) -> Result<Option<String>, DbError> {
    let query = submission::Entity::find_by_id(token_digest.to_owned())
        .filter(submission::Column::LoginId.eq(login.0));
    Ok(query.one(&on.on()).await?.map(|row| row.result))
}

/// Deletes records that were created before `before`. Returns their number.
pub async fn delete_before(tx: &Tx, before: Timestamp) -> Result<u64, DbError> {
    let old = submission::Column::CreatedAt.lt(before.as_second());
    Ok(submission::Entity::delete_many().filter(old).exec(&tx.on()).await?.rows_affected)
}
