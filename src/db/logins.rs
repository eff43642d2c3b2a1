//! Accounts of admins and customers: names, password hashes, failed sign-ins.

use super::entities::login;
use super::values::to_timestamp;
use super::{DbError, Reader, Tx};
use domain::id::LoginId;
use domain::login_name;
use domain::password_stamp::PasswordStamp;
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, ExprTrait as _,
    QueryFilter as _, QuerySelect as _, Set,
};
use std::collections::HashSet;

/// The type of an account, which decides the table that holds its other fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginKind {
    /// An admin or reseller.
    Admin,
    Customer,
}

impl LoginKind {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Customer => "customer",
        }
    }
}

/// The data of an account that `auth` needs. No other type carries the password hash out of `db`.
#[derive(Clone)]
pub struct LoginRow {
    pub id: LoginId,
    pub kind: LoginKind,
    pub password_hash: String,
    /// Failed sign-ins since the last success or unlock.
    pub failures: u32,
    pub last_failure: Option<Timestamp>,
    pub stamp: PasswordStamp,
}

/// Creates an account. The name is unique among all accounts, regardless of case.
///
/// # Errors
/// [`DbError::UniqueViolation`] if the name is taken.
pub async fn insert(
    tx: &Tx,
    name: &str,
    kind: LoginKind,
    password_hash: &str,
    at: Timestamp,
) -> Result<LoginId, DbError> {
    let row = login::ActiveModel {
        id: ActiveValue::NotSet,
        name_key: Set(login_name::key(name)),
        kind: Set(kind.code().to_owned()),
        password_hash: Set(password_hash.to_owned()),
        failed_count: Set(0),
        last_failed_at: Set(None),
        last_sign_in_at: Set(None),
        password_changed_at: Set(Some(at.as_second())),
        password_version: Set(0),
    };
    Ok(LoginId(row.insert(&tx.on()).await?.id))
}

/// Returns whether any account has this name, regardless of case.
pub async fn is_taken(on: &Reader, name: &str) -> Result<bool, DbError> {
    Ok(login::Entity::find()
        .filter(login::Column::NameKey.eq(login_name::key(name)))
        .one(&on.on())
        .await?
        .is_some())
}

/// Returns those of `keys` that are taken.
pub async fn taken_keys(on: &Reader, keys: &[String]) -> Result<HashSet<String>, DbError> {
    let query = login::Entity::find()
        .select_only()
        .column(login::Column::NameKey)
        .filter(login::Column::NameKey.is_in(keys));
    let found: Vec<String> = query.into_tuple().all(&on.on()).await?;
    Ok(found.into_iter().collect())
}

/// Returns the account with this name, regardless of case.
pub async fn find_by_name(on: &Reader, name: &str) -> Result<Option<LoginRow>, DbError> {
    Ok(login::Entity::find()
        .filter(login::Column::NameKey.eq(login_name::key(name)))
        .one(&on.on())
        .await?
        .map(into_row))
}

pub async fn find(on: &Reader, id: LoginId) -> Result<Option<LoginRow>, DbError> {
    Ok(login::Entity::find_by_id(id.0).one(&on.on()).await?.map(into_row))
}

fn into_row(row: login::Model) -> LoginRow {
    LoginRow {
        id: LoginId(row.id),
        kind: if row.kind == LoginKind::Admin.code() {
            LoginKind::Admin
        } else {
            LoginKind::Customer
        },
        password_hash: row.password_hash,
        failures: u32::try_from(row.failed_count).unwrap_or(u32::MAX),
        last_failure: row.last_failed_at.map(to_timestamp),
        stamp: PasswordStamp::of(row.password_version, row.password_changed_at),
    }
}

/// Sets a new password with a new stamp. Failed sign-ins are cleared, which unlocks the account.
pub async fn set_password(
    tx: &Tx,
    id: LoginId,
    password_hash: &str,
    at: Timestamp,
) -> Result<(), DbError> {
    login::Entity::update_many()
        .col_expr(login::Column::PasswordHash, Expr::value(password_hash))
        .col_expr(login::Column::PasswordChangedAt, Expr::value(at.as_second()))
        .col_expr(login::Column::PasswordVersion, Expr::col(login::Column::PasswordVersion).add(1))
        .col_expr(login::Column::FailedCount, Expr::value(0))
        .filter(login::Column::Id.eq(id.0))
        .exec(&tx.on())
        .await?;
    super::sign_in_sources::clear_failures(tx, id).await
}

/// Replaces the hash of the same password by one of a newer algorithm, unless the password was
/// changed meanwhile. The stamp stays the same.
pub async fn upgrade_hash(tx: &Tx, id: LoginId, from: &str, to: &str) -> Result<(), DbError> {
    login::Entity::update_many()
        .col_expr(login::Column::PasswordHash, Expr::value(to))
        .filter(login::Column::Id.eq(id.0))
        .filter(login::Column::PasswordHash.eq(from))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Returns the account and locks its row: until this transaction ends, no other one can count
/// sign-in attempts. Returns `None` if the account does not exist.
pub async fn lock_row(tx: &Tx, id: LoginId) -> Result<Option<LoginRow>, DbError> {
    // An update locks the row on every engine, even if it does not change the value.
    login::Entity::update_many()
        .col_expr(login::Column::FailedCount, Expr::col(login::Column::FailedCount))
        .filter(login::Column::Id.eq(id.0))
        .exec(&tx.on())
        .await?;
    find(tx, id).await
}

/// Counts an attempt as a failure before its password is checked. Failures up to `since`, in
/// seconds since 1970, no longer count.
pub async fn count_failure(tx: &Tx, id: LoginId, at: Timestamp, since: i64) -> Result<(), DbError> {
    let stale = Expr::col(login::Column::LastFailedAt).lte(since);
    let count =
        Expr::case(stale, Expr::value(1)).finally(Expr::col(login::Column::FailedCount).add(1));
    login::Entity::update_many()
        .col_expr(login::Column::FailedCount, count.into())
        .col_expr(login::Column::LastFailedAt, Expr::value(at.as_second()))
        .filter(login::Column::Id.eq(id.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Clears the failures after an attempt with the right password, which began at `began`. If this
/// attempt was recorded as the last failure, `last_failure` is restored.
pub async fn clear_failures_after_success(
    tx: &Tx,
    id: LoginId,
    began: Timestamp,
    last_failure: Option<Timestamp>,
) -> Result<(), DbError> {
    let is_own_failure = Expr::col(login::Column::LastFailedAt).eq(began.as_second());
    let last = Expr::case(is_own_failure, Expr::value(last_failure.map(Timestamp::as_second)))
        .finally(Expr::col(login::Column::LastFailedAt));
    login::Entity::update_many()
        .col_expr(login::Column::FailedCount, Expr::value(0))
        .col_expr(login::Column::LastFailedAt, last.into())
        .filter(login::Column::Id.eq(id.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

pub async fn record_sign_in(tx: &Tx, id: LoginId, at: Timestamp) -> Result<(), DbError> {
    login::Entity::update_many()
        .col_expr(login::Column::LastSignInAt, Expr::value(at.as_second()))
        .filter(login::Column::Id.eq(id.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Clears the failures of an account from all sources, which unlocks it.
pub async fn clear_failures(tx: &Tx, id: LoginId) -> Result<(), DbError> {
    login::Entity::update_many()
        .col_expr(login::Column::FailedCount, Expr::value(0))
        .filter(login::Column::Id.eq(id.0))
        .exec(&tx.on())
        .await?;
    super::sign_in_sources::clear_failures(tx, id).await
}
