//! Files that wait to be imported, sealed: one an account, for a limited time.

use super::entities::import;
use super::{DbError, Reader, Tx};
use domain::id::LoginId;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

/// A file and how it is to be imported.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The file, sealed.
    pub sealed: Vec<u8>,
    /// Whether passwords are mailed where the file does not say.
    pub send_passwords: bool,
    /// Code of its encoding, where somebody chose one.
    pub encoding: Option<String>,
}

/// Keeps a file; an earlier one of the account goes.
///
/// # Errors
/// The database's.
pub async fn replace(
    tx: &Tx,
    login: LoginId,
    token_digest: &str,
    file: Waiting,
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

/// The file of that token, if it is this account's and still there.
///
/// # Errors
/// The database's.
pub async fn find(
    on: &Reader,
    login: LoginId,
    token_digest: &str,
    now: Timestamp,
) -> Result<Option<Waiting>, DbError> {
    let query = import::Entity::find_by_id(token_digest.to_owned())
        .filter(import::Column::LoginId.eq(login.0))
        .filter(import::Column::ExpiresAt.gt(now.as_second()));
    let waiting = |row: import::Model| Waiting {
        sealed: row.sealed,
        send_passwords: row.send_passwords,
        encoding: row.encoding,
    };
    Ok(query.one(&on.on()).await?.map(waiting))
}

/// Removes the file of an account.
///
/// # Errors
/// The database's.
pub async fn remove(tx: &Tx, login: LoginId) -> Result<(), DbError> {
    import::Entity::delete_many()
        .filter(import::Column::LoginId.eq(login.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Removes what has expired.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &Tx, now: Timestamp) -> Result<u64, DbError> {
    let old = import::Column::ExpiresAt.lte(now.as_second());
    Ok(import::Entity::delete_many().filter(old).exec(&tx.on()).await?.rows_affected)
}
