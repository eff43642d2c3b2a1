//! Password reset links: one per account, stored as digests, for a single use and a limited time.

use super::entities::password_reset;
use super::{DbError, Reader, Tx};
use domain::id::LoginId;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

/// Stores a link, which replaces an earlier one of the account.
pub async fn replace(
    tx: &Tx,
    login: LoginId,
    token_digest: &str,
    now: Timestamp,
    expires: Timestamp,
) -> Result<(), DbError> {
    password_reset::Entity::delete_many()
        .filter(password_reset::Column::LoginId.eq(login.0))
        .exec(&tx.on())
        .await?;
    let row = password_reset::ActiveModel {
        token_digest: Set(token_digest.to_owned()),
        login_id: Set(login.0),
        created_at: Set(now.as_second()),
        expires_at: Set(expires.as_second()),
    };
    row.insert(&tx.on()).await?;
    Ok(())
}

/// Returns the account of a link that has not expired.
pub async fn find(
    on: &Reader,
    token_digest: &str,
    now: Timestamp,
) -> Result<Option<LoginId>, DbError> {
    let query = password_reset::Entity::find_by_id(token_digest.to_owned())
        .filter(password_reset::Column::ExpiresAt.gt(now.as_second()));
    Ok(query.one(&on.on()).await?.map(|row| LoginId(row.login_id)))
}

/// Deletes a link when it is used. Returns whether it existed, so that only one of two simultaneous
/// uses succeeds.
pub async fn consume(tx: &Tx, token_digest: &str) -> Result<bool, DbError> {
    Ok(password_reset::Entity::delete_by_id(token_digest.to_owned())
        .exec(&tx.on())
        .await?
        .rows_affected
        == 1)
}

/// Deletes the link of an account.
pub async fn remove(tx: &Tx, login: LoginId) -> Result<(), DbError> {
    password_reset::Entity::delete_many()
        .filter(password_reset::Column::LoginId.eq(login.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Deletes expired links. Returns their number.
pub async fn delete_expired(tx: &Tx, now: Timestamp) -> Result<u64, DbError> {
    let old = password_reset::Column::ExpiresAt.lte(now.as_second());
    Ok(password_reset::Entity::delete_many().filter(old).exec(&tx.on()).await?.rows_affected)
}
