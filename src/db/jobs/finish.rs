//! Ends attempts of claimed jobs, or extends their leases. Functions with a `lease` argument change
//! the job only if it still has this lease, and return whether it had this lease.

use crate::entities::job;
use crate::{DbError, Tx};
use domain::id::JobId;
use domain::job::JobState;
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};

/// Extends the lease of a running job.
pub async fn extend_lease(
    tx: &Tx,
    id: JobId,
    lease: &str,
    lease_ends: Timestamp,
) -> Result<bool, DbError> {
    let query = with_lease(id, lease)
        .col_expr(job::Column::LeaseEndsAt, Expr::value(lease_ends.as_second()));
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

/// Marks the job as done and erases its sealed secrets.
pub async fn mark_done(tx: &Tx, id: JobId, lease: &str, now: Timestamp) -> Result<bool, DbError> {
    let query = mark_ended(with_lease(id, lease), JobState::Done, now)
        .col_expr(job::Column::Sealed, none())
        .col_expr(job::Column::LastError, none());
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

/// Returns a job whose attempt failed to the queue. The job is due again at `run_at`.
pub async fn retry(
    tx: &Tx,
    id: JobId,
    lease: &str,
    error: &str,
    run_at: Timestamp,
) -> Result<bool, DbError> {
    let query = with_lease(id, lease)
        .col_expr(job::Column::State, Expr::value(JobState::Waiting.code()))
        .col_expr(job::Column::LastError, Expr::value(error))
        .col_expr(job::Column::RunAt, Expr::value(run_at.as_second()));
    Ok(clear_lease(query).exec(&tx.on()).await?.rows_affected == 1)
}

/// Returns an interrupted job to the queue without counting the attempt.
pub async fn return_to_queue(tx: &Tx, id: JobId, lease: &str) -> Result<bool, DbError> {
    let query = with_lease(id, lease)
        .col_expr(job::Column::State, Expr::value(JobState::Waiting.code()))
        .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).sub(1));
    Ok(clear_lease(query).exec(&tx.on()).await?.rows_affected == 1)
}

/// Marks the job as failed. Its sealed secrets are kept until a retry succeeds, until someone
/// discards the job, or until its retention period ends.
pub async fn give_up(
    tx: &Tx,
    id: JobId,
    lease: &str,
    error: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    let query = mark_ended(with_lease(id, lease), JobState::Failed, now)
        .col_expr(job::Column::LastError, Expr::value(error));
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

/// Delays the later jobs with the same order key that wait for their first attempt. They become due
/// at `until` at the earliest, so that workers do not try to claim them earlier.
pub async fn delay_followers(
    tx: &Tx,
    order: &str,
    id: JobId,
    until: Timestamp,
) -> Result<(), DbError> {
    let query =
        reschedule_followers(order, id, until).filter(job::Column::RunAt.lt(until.as_second()));
    query.exec(&tx.on()).await?;
    Ok(())
}

/// Makes the later jobs with the same order key due if they wait for their first attempt.
pub async fn release_followers(
    tx: &Tx,
    order: &str,
    id: JobId,
    now: Timestamp,
) -> Result<(), DbError> {
    let query = reschedule_followers(order, id, now).filter(job::Column::RunAt.gt(now.as_second()));
    query.exec(&tx.on()).await?;
    Ok(())
}

/// Sets the due time of the later jobs with the same order key that wait for their first attempt.
fn reschedule_followers(order: &str, id: JobId, run_at: Timestamp) -> Update {
    job::Entity::update_many()
        .col_expr(job::Column::RunAt, Expr::value(run_at.as_second()))
        .filter(job::Column::OrderKey.eq(order))
        .filter(job::Column::State.eq(JobState::Waiting.code()))
        .filter(job::Column::Attempts.eq(0))
        .filter(job::Column::Id.gt(id.0))
}

type Update = sea_orm::UpdateMany<job::Entity>;

fn with_lease(id: JobId, lease: &str) -> Update {
    job::Entity::update_many().filter(job::Column::Id.eq(id.0)).filter(job::Column::Lease.eq(lease))
}

fn mark_ended(query: Update, state: JobState, now: Timestamp) -> Update {
    clear_lease(
        query
            .col_expr(job::Column::State, Expr::value(state.code()))
            .col_expr(job::Column::FinishedAt, Expr::value(now.as_second())),
    )
}

/// Clears the lease, and with it the slot in the queue.
fn clear_lease(query: Update) -> Update {
    query
        .col_expr(job::Column::Lease, none())
        .col_expr(job::Column::LeaseEndsAt, Expr::value(None::<i64>))
        .col_expr(job::Column::Slot, none())
}

fn none() -> Expr {
    Expr::value(None::<String>)
}
