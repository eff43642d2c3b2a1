//! Sessions of the panel. The key in the cookie is stored as its digest, so a leaked table opens no
//! door.

use super::entities::session;
use super::{DbError, Reader, Tx};
use domain::id::LoginId;
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};

/// The state of a session that has not expired.
///
/// # Errors
/// The database's.
pub async fn load(on: &Reader, id: &str, now: Timestamp) -> Result<Option<String>, DbError> {
    let query = session::Entity::find_by_id(id.to_owned())
        .filter(session::Column::ExpiresAt.gt(now.as_second()));
    Ok(query.select_only().column(session::Column::State).into_tuple().one(&on.on()).await?)
}

/// Writes a new session.
///
/// # Errors
/// The database's.
pub async fn insert(
    tx: &Tx,
    id: &str,
    login: Option<LoginId>,
    state: &str,
    now: Timestamp,
    expires: Timestamp,
) -> Result<(), DbError> {
    let row = session::ActiveModel {
        id: Set(id.to_owned()),
        login_id: Set(login.map(|login| login.0)),
        state: Set(state.to_owned()),
        created_at: Set(now.as_second()),
        expires_at: Set(expires.as_second()),
    };
    let replace = OnConflict::column(session::Column::Id)
        .update_columns([session::Column::State, session::Column::ExpiresAt])
        .to_owned();
    session::Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.on()).await?;
    Ok(())
}

/// Writes the changed state of a session; gives whether the session still is there.
///
/// # Errors
/// The database's.
pub async fn update(
    tx: &Tx,
    id: &str,
    login: Option<LoginId>,
    state: &str,
    expires: Timestamp,
) -> Result<bool, DbError> {
    let changed = session::Entity::update_many()
        .col_expr(session::Column::State, Expr::value(state))
        .col_expr(session::Column::LoginId, Expr::value(login.map(|login| login.0)))
        .col_expr(session::Column::ExpiresAt, Expr::value(expires.as_second()))
        .filter(session::Column::Id.eq(id))
        .exec(&tx.on())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Lets a session live until `expires`; gives whether it still is there.
///
/// # Errors
/// The database's.
pub async fn prolong(tx: &Tx, id: &str, expires: Timestamp) -> Result<bool, DbError> {
    let changed = session::Entity::update_many()
        .col_expr(session::Column::ExpiresAt, Expr::value(expires.as_second()))
        .filter(session::Column::Id.eq(id))
        .exec(&tx.on())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Ends a session.
///
/// # Errors
/// The database's.
pub async fn remove(tx: &Tx, id: &str) -> Result<(), DbError> {
    session::Entity::delete_by_id(id.to_owned()).exec(&tx.on()).await?;
    Ok(())
}

/// Ends the sessions of an account, but for `keep`.
///
/// # Errors
/// The database's.
pub async fn end_all(tx: &Tx, login: LoginId, keep: Option<&str>) -> Result<u64, DbError> {
    let mut query = session::Entity::delete_many().filter(session::Column::LoginId.eq(login.0));
    if let Some(keep) = keep {
        query = query.filter(session::Column::Id.ne(keep));
    }
    Ok(query.exec(&tx.on()).await?.rows_affected)
}

/// Removes what has expired.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &Tx, now: Timestamp) -> Result<u64, DbError> {
    let old = session::Column::ExpiresAt.lte(now.as_second());
    Ok(session::Entity::delete_many().filter(old).exec(&tx.on()).await?.rows_affected)
}
