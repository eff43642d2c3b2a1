//! Sessions of the panel. The key in the cookie is stored as a digest, so a leaked table gives no
//! access.

use super::entities::session;
use super::{DbError, Reader, Tx};
use domain::id::LoginId;
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};

/// Returns the state of a session that has not expired.
pub async fn load(on: &Reader, id: &str, now: Timestamp) -> Result<Option<String>, DbError> {
    let query = session::Entity::find_by_id(id.to_owned())
        .filter(session::Column::ExpiresAt.gt(now.as_second()));
    Ok(query.select_only().column(session::Column::State).into_tuple().one(&on.on()).await?)
}

/// Inserts a session. If it already exists, updates account, state and expiry.
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
        .update_columns([
            session::Column::LoginId,
            session::Column::State,
            session::Column::ExpiresAt,
        ])
        .to_owned();
    session::Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.on()).await?;
    Ok(())
}

/// Updates state, account and expiry of a session. Returns whether it still exists.
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

pub async fn remove(tx: &Tx, id: &str) -> Result<(), DbError> {
    session::Entity::delete_by_id(id.to_owned()).exec(&tx.on()).await?;
    Ok(())
}

/// Deletes the sessions of an account except `keep`. Returns their number.
pub async fn end_all(tx: &Tx, login: LoginId, keep: Option<&str>) -> Result<u64, DbError> {
    let mut query = session::Entity::delete_many().filter(session::Column::LoginId.eq(login.0));
    if let Some(keep) = keep {
        query = query.filter(session::Column::Id.ne(keep));
    }
    Ok(query.exec(&tx.on()).await?.rows_affected)
}

/// Deletes expired sessions. Returns their number.
pub async fn delete_expired(tx: &Tx, now: Timestamp) -> Result<u64, DbError> {
    let old = session::Column::ExpiresAt.lte(now.as_second());
    Ok(session::Entity::delete_many().filter(old).exec(&tx.on()).await?.rows_affected)
}
