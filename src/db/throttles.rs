//! Counters of rate limits, shared by all processes.

use super::entities::throttle;
use super::{DbError, Reader, Tx};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict, SimpleExpr};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, Set};

/// The current window of a rate limit.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub hits: u64,
    pub ends_at: Timestamp,
}

/// Counts a hit and returns the current window. If the last window has ended, a new one begins.
pub async fn count_hit(
    tx: &Tx,
    key_digest: &str,
    now: Timestamp,
    window_ends: Timestamp,
) -> Result<Window, DbError> {
    let new = throttle::ActiveModel {
        key_digest: Set(key_digest.to_owned()),
        hits: Set(1),
        window_ends_at: Set(window_ends.as_second()),
    };
    let current = |column| Expr::col((throttle::Entity, column));
    let restart_or = |first: i64, running: SimpleExpr| -> SimpleExpr {
        Expr::case(current(throttle::Column::WindowEndsAt).lte(now.as_second()), Expr::value(first))
            .finally(running)
            .into()
    };
    // MySQL assigns columns in order, and later expressions see the new values. The end of the
    // window therefore comes last.
    let replace = OnConflict::column(throttle::Column::KeyDigest)
        .value(throttle::Column::Hits, restart_or(1, current(throttle::Column::Hits).add(1)))
        .value(
            throttle::Column::WindowEndsAt,
            restart_or(window_ends.as_second(), current(throttle::Column::WindowEndsAt)),
        )
        .to_owned();
    throttle::Entity::insert(new).on_conflict(replace).exec_without_returning(&tx.on()).await?;
    let row = throttle::Entity::find_by_id(key_digest.to_owned()).one(&tx.on()).await?;
    Ok(row.as_ref().map_or(Window { hits: 1, ends_at: window_ends }, window))
}

/// Subtracts a hit that was counted in the current window.
pub async fn undo_hit(tx: &Tx, key_digest: &str, now: Timestamp) -> Result<(), DbError> {
    throttle::Entity::update_many()
        .col_expr(throttle::Column::Hits, Expr::col(throttle::Column::Hits).sub(1))
        .filter(throttle::Column::KeyDigest.eq(key_digest))
        .filter(throttle::Column::WindowEndsAt.gt(now.as_second()))
        .filter(throttle::Column::Hits.gt(0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Returns the current window, or `None` if the last one has ended or none was opened.
pub async fn current_window(
    on: &Reader,
    key_digest: &str,
    now: Timestamp,
) -> Result<Option<Window>, DbError> {
    let query = throttle::Entity::find_by_id(key_digest.to_owned())
        .filter(throttle::Column::WindowEndsAt.gt(now.as_second()));
    Ok(query.one(&on.on()).await?.as_ref().map(window))
}

fn window(row: &throttle::Model) -> Window {
    Window {
        hits: super::values::to_u64(row.hits),
        ends_at: super::values::to_timestamp(row.window_ends_at),
    }
}

/// Deletes windows that have ended. Returns their number.
pub async fn delete_expired(tx: &Tx, now: Timestamp) -> Result<u64, DbError> {
    let old = throttle::Column::WindowEndsAt.lte(now.as_second());
    Ok(throttle::Entity::delete_many().filter(old).exec(&tx.on()).await?.rows_affected)
}
