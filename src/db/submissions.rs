//! Forms already sent: a second post of the same form leads to the first one's result.

use super::entities::submission;
use super::{DbError, Reader, Tx};
use domain::id::LoginId;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

/// Notes that this form was sent and where its result is.
///
/// # Errors
/// [`DbError::Taken`] when it was sent before.
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

/// Where the result of a form is that this account sent before.
///
/// # Errors
/// The database's.
pub async fn find(
    on: &Reader,
    token_digest: &str,
    login: LoginId,
) -> Result<Option<String>, DbError> {
    let query = submission::Entity::find_by_id(token_digest.to_owned())
        .filter(submission::Column::LoginId.eq(login.0));
    Ok(query.one(&on.on()).await?.map(|row| row.result))
}

/// Forgets forms sent before `before`.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &Tx, before: Timestamp) -> Result<u64, DbError> {
    let old = submission::Column::CreatedAt.lt(before.as_second());
    Ok(submission::Entity::delete_many().filter(old).exec(&tx.on()).await?.rows_affected)
}
