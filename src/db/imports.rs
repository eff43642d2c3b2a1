//! Sealed files whose import awaits confirmation: one per account, for a limited time.

use super::entities::import;
use super::{DbError, Reader, Tx};
use domain::id::LoginId;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

/// A file with the options of its import.
#[derive(Clone, Debug)]
pub struct PendingImport {
    /// The sealed file.
    pub sealed: Vec<u8>,
    /// Whether to email the passwords of rows that have no value for `sendpassword`.
    pub send_passwords: bool,
    /// Code of the encoding; `None` if the user selected none.
    pub encoding: Option<String>,
}

/// Stores a file, which replaces an earlier one of the account.
pub async fn replace(
    tx: &Tx,
    login: LoginId,
    token_digest: &str,
    file: PendingImport,
    now: Timestamp,
    expires: Timestamp,
) -> Result<(), DbError> {
    remove(tx, login).await?;
    let row = import::ActiveModel {
        token_digest: Set(token_digest.to_owned()),
        login_id: Set(login.0),
        sealed: Set(file.sealed),
        send_passwords: Set(file.send_passwords),
        encoding: Set(file.encoding),
        created_at: Set(now.as_second()),
        expires_at: Set(expires.as_second()),
    };
    row.insert(&tx.on()).await?;
    Ok(())
}

/// Returns the file with this token if it belongs to the account and has not expired.
pub async fn find(
    on: &Reader,
    login: LoginId,
    token_digest: &str,
    now: Timestamp,
) -> Result<Option<PendingImport>, DbError> {
    let query = import::Entity::find_by_id(token_digest.to_owned())
        .filter(import::Column::LoginId.eq(login.0))
        .filter(import::Column::ExpiresAt.gt(now.as_second()));
    let to_pending = |row: import::Model| PendingImport {
        sealed: row.sealed,
        send_passwords: row.send_passwords,
        encoding: row.encoding,
    };
    Ok(query.one(&on.on()).await?.map(to_pending))
}

pub async fn remove(tx: &Tx, login: LoginId) -> Result<(), DbError> {
    import::Entity::delete_many()
        .filter(import::Column::LoginId.eq(login.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Deletes expired files. Returns their number.
pub async fn delete_expired(tx: &Tx, now: Timestamp) -> Result<u64, DbError> {
    let old = import::Column::ExpiresAt.lte(now.as_second());
    Ok(import::Entity::delete_many().filter(old).exec(&tx.on()).await?.rows_affected)
}
