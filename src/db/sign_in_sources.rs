//! Sources of sign-ins: the networks and devices of each account, with their failed attempts.

use super::entities::sign_in_source as source;
use super::values::to_timestamp;
use super::{DbError, Reader, Tx};
use domain::id::LoginId;
use domain::lockout::SignInAttempts;
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, Set};

/// Returns the record of an account's attempts from a source. If none is stored, it is empty.
pub async fn find(on: &Reader, login: LoginId, digest: &str) -> Result<SignInAttempts, DbError> {
    let row = source::Entity::find_by_id((login.0, digest.to_owned())).one(&on.on()).await?;
    Ok(row.map_or_else(SignInAttempts::default, |row| SignInAttempts {
        failures: u32::try_from(row.failures).unwrap_or(u32::MAX),
        locks: u32::try_from(row.locks).unwrap_or(u32::MAX),
        last_failure: row.last_failed_at.map(to_timestamp),
        last_success: row.last_success_at.map(to_timestamp),
    }))
}

/// Stores the record of a source.
pub async fn save(
    tx: &Tx,
    login: LoginId,
    digest: &str,
    record: &SignInAttempts,
) -> Result<(), DbError> {
    use source::Column as C;
    let row = source::ActiveModel {
        login_id: Set(login.0),
        source: Set(digest.to_owned()),
        failures: Set(record.failures.into()),
        locks: Set(record.locks.into()),
        last_failed_at: Set(record.last_failure.map(Timestamp::as_second)),
        last_success_at: Set(record.last_success.map(Timestamp::as_second)),
    };
    let replace = OnConflict::columns([C::LoginId, C::Source])
        .update_columns([C::Failures, C::Locks, C::LastFailedAt, C::LastSuccessAt])
        .to_owned();
    source::Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.on()).await?;
    Ok(())
}

/// Returns whether any source of the account has failures. If an account has failures but none of
/// its sources has, an older version counted them, or they were imported.
pub async fn has_failures(on: &Reader, login: LoginId) -> Result<bool, DbError> {
    let query = source::Entity::find()
        .filter(source::Column::LoginId.eq(login.0))
        .filter(source::Column::Failures.gt(0));
    Ok(query.one(&on.on()).await?.is_some())
}

/// Clears the failures and locks of all sources of an account. The times of the last attempts stay.
pub async fn clear_failures(tx: &Tx, login: LoginId) -> Result<(), DbError> {
    source::Entity::update_many()
        .col_expr(source::Column::Failures, Expr::value(0))
        .col_expr(source::Column::Locks, Expr::value(0))
        .filter(source::Column::LoginId.eq(login.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Deletes sources without an attempt since `before`. Returns their number.
pub async fn delete_before(tx: &Tx, before: Timestamp) -> Result<u64, DbError> {
    let old = |column: source::Column| {
        Condition::any().add(column.is_null()).add(column.lte(before.as_second()))
    };
    let query = source::Entity::delete_many()
        .filter(old(source::Column::LastFailedAt))
        .filter(old(source::Column::LastSuccessAt));
    Ok(query.exec(&tx.on()).await?.rows_affected)
}
