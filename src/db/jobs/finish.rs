//! How a claimed job ends: each only by the worker whose lease it is.

use crate::entities::job;
use crate::{DbError, Tx};
use domain::id::JobId;
use domain::job::JobState;
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};

/// Keeps a running job's lease alive; gives whether it still is this worker's.
///
/// # Errors
/// The database's.
pub async fn prolong(
    tx: &Tx,
    id: JobId,
    lease: &str,
    lease_ends: Timestamp,
) -> Result<bool, DbError> {
    let query =
        mine(id, lease).col_expr(job::Column::LeaseEndsAt, Expr::value(lease_ends.as_second()));
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

/// The job is done; its secrets are erased.
///
/// # Errors
/// The database's.
pub async fn done(tx: &Tx, id: JobId, lease: &str, now: Timestamp) -> Result<bool, DbError> {
    let query = ended(mine(id, lease), JobState::Done, now)
        .col_expr(job::Column::Sealed, none())
        .col_expr(job::Column::LastError, none());
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

/// The job failed and is tried again at `run_at`.
///
/// # Errors
/// The database's.
pub async fn retry(
    tx: &Tx,
    id: JobId,
    lease: &str,
    error: &str,
    run_at: Timestamp,
) -> Result<bool, DbError> {
    let query = mine(id, lease)
        .col_expr(job::Column::State, Expr::value(JobState::Waiting.code()))
        .col_expr(job::Column::LastError, Expr::value(error))
        .col_expr(job::Column::RunAt, Expr::value(run_at.as_second()));
    Ok(let_go(query).exec(&tx.on()).await?.rows_affected == 1)
}

/// The job was not ended: it waits again as if it had not been begun.
///
/// # Errors
/// The database's.
pub async fn hand_back(tx: &Tx, id: JobId, lease: &str) -> Result<bool, DbError> {
    let query = mine(id, lease)
        .col_expr(job::Column::State, Expr::value(JobState::Waiting.code()))
        .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).sub(1));
    Ok(let_go(query).exec(&tx.on()).await?.rows_affected == 1)
}

/// The job failed for good. Its secrets stay sealed until somebody tries again, discards it, or the
/// time to keep it ends.
///
/// # Errors
/// The database's.
pub async fn give_up(
    tx: &Tx,
    id: JobId,
    lease: &str,
    error: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    let query = ended(mine(id, lease), JobState::Failed, now)
        .col_expr(job::Column::LastError, Expr::value(error));
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

/// Jobs that wait for this one wait as long as it does: nobody looks at them in vain meanwhile.
///
/// # Errors
/// The database's.
pub async fn hold_followers(
    tx: &Tx,
    order: &str,
    id: JobId,
    until: Timestamp,
) -> Result<(), DbError> {
    let query = followers(order, id, until).filter(job::Column::RunAt.lt(until.as_second()));
    query.exec(&tx.on()).await?;
    Ok(())
}

/// Jobs that waited for this one can go on.
///
/// # Errors
/// The database's.
pub async fn release_followers(
    tx: &Tx,
    order: &str,
    id: JobId,
    now: Timestamp,
) -> Result<(), DbError> {
    let query = followers(order, id, now).filter(job::Column::RunAt.gt(now.as_second()));
    query.exec(&tx.on()).await?;
    Ok(())
}

/// Later jobs of the same order that were never tried; they are to run at that time.
fn followers(order: &str, id: JobId, run_at: Timestamp) -> Update {
    job::Entity::update_many()
        .col_expr(job::Column::RunAt, Expr::value(run_at.as_second()))
        .filter(job::Column::OrderKey.eq(order))
        .filter(job::Column::State.eq(JobState::Waiting.code()))
        .filter(job::Column::Attempts.eq(0))
        .filter(job::Column::Id.gt(id.0))
}

type Update = sea_orm::UpdateMany<job::Entity>;

fn mine(id: JobId, lease: &str) -> Update {
    job::Entity::update_many().filter(job::Column::Id.eq(id.0)).filter(job::Column::Lease.eq(lease))
}

fn ended(query: Update, state: JobState, now: Timestamp) -> Update {
    let_go(
        query
            .col_expr(job::Column::State, Expr::value(state.code()))
            .col_expr(job::Column::FinishedAt, Expr::value(now.as_second())),
    )
}

/// Its worker's hand is free again, and its slot in the queue.
fn let_go(query: Update) -> Update {
    query
        .col_expr(job::Column::Lease, none())
        .col_expr(job::Column::LeaseEndsAt, Expr::value(None::<i64>))
        .col_expr(job::Column::Slot, none())
}

fn none() -> Expr {
    Expr::value(None::<String>)
}
