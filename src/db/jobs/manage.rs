//! Makes jobs due now, or deletes them. Running jobs are not changed.

use super::is_waiting_or_failed;
use super::read::within;
use crate::entities::job;
use crate::{DbError, Tx};
use domain::id::{CustomerId, JobId};
use domain::job::JobState;
use domain::scope::Scope;
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, UpdateMany};

/// Makes a waiting or failed job due now and resets its attempts. Returns whether there was such a
/// job.
pub async fn run_now(tx: &Tx, id: JobId, now: Timestamp) -> Result<bool, DbError> {
    let query = reset_to_now(now).filter(job::Column::Id.eq(id.0)).filter(is_waiting_or_failed());
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

/// Makes a job due now and resets its attempts, even if it is done. Returns `None` if the job does
/// not exist, and `false` if it is running.
pub async fn run_again(tx: &Tx, id: JobId, now: Timestamp) -> Result<Option<bool>, DbError> {
    let query = reset_to_now(now)
        .filter(job::Column::Id.eq(id.0))
        .filter(job::Column::State.ne(JobState::Running.code()));
    if query.exec(&tx.on()).await?.rows_affected == 1 {
        return Ok(Some(true));
    }
    Ok(job::Entity::find_by_id(id.0).one(&tx.on()).await?.map(|_| false))
}

/// Makes all failed jobs of the kind within the scope due now and resets their attempts. Returns
/// their number.
pub async fn run_now_all(
    tx: &Tx,
    scope: Scope,
    kind: &str,
    now: Timestamp,
) -> Result<u64, DbError> {
    let query = reset_to_now(now)
        .filter(within(scope))
        .filter(job::Column::Kind.eq(kind))
        .filter(job::Column::State.eq(JobState::Failed.code()));
    Ok(query.exec(&tx.on()).await?.rows_affected)
}

fn reset_to_now(now: Timestamp) -> UpdateMany<job::Entity> {
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Waiting.code()))
        .col_expr(job::Column::Attempts, Expr::value(0))
        .col_expr(job::Column::RunAt, Expr::value(now.as_second()))
        .col_expr(job::Column::FinishedAt, Expr::value(None::<i64>))
}

/// Makes waiting jobs of these kinds due now, for example after an outage. Does not reset their
/// attempts. Returns their number.
pub async fn make_delayed_due(tx: &Tx, kinds: &[&str], now: Timestamp) -> Result<u64, DbError> {
    let query = job::Entity::update_many()
        .col_expr(job::Column::RunAt, Expr::value(now.as_second()))
        .filter(job::Column::State.eq(JobState::Waiting.code()))
        .filter(job::Column::RunAt.gt(now.as_second()))
        .filter(job::Column::Kind.is_in(kinds.iter().copied()));
    Ok(query.exec(&tx.on()).await?.rows_affected)
}

/// Deletes a waiting or failed job. Returns whether there was such a job.
pub async fn discard(tx: &Tx, id: JobId) -> Result<bool, DbError> {
    let query =
        job::Entity::delete_many().filter(job::Column::Id.eq(id.0)).filter(is_waiting_or_failed());
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

/// Deletes a customer's waiting and failed jobs of these kinds, because the customer was deleted or
/// the jobs are superseded. Returns their number.
pub async fn cancel(tx: &Tx, customer: CustomerId, kinds: &[&str]) -> Result<u64, DbError> {
    let query = job::Entity::delete_many()
        .filter(job::Column::CustomerId.eq(customer.0))
        .filter(job::Column::Kind.is_in(kinds.iter().copied()))
        .filter(is_waiting_or_failed());
    Ok(query.exec(&tx.on()).await?.rows_affected)
}

/// Deletes waiting and failed jobs of the same kind, customer and payload, because a new job
/// replaces them. Returns their number.
pub async fn delete_superseded(
    tx: &Tx,
    kind: &str,
    customer: Option<CustomerId>,
    payload: &str,
) -> Result<u64, DbError> {
    let query = job::Entity::delete_many()
        .filter(match customer {
            Some(customer) => job::Column::CustomerId.eq(customer.0),
            None => job::Column::CustomerId.is_null(),
        })
        .filter(job::Column::Kind.eq(kind))
        .filter(job::Column::Payload.eq(payload))
        .filter(is_waiting_or_failed());
    Ok(query.exec(&tx.on()).await?.rows_affected)
}

/// Deletes jobs that ended in this state before `before`, including their sealed secrets. Returns
/// their number.
pub async fn delete_finished(tx: &Tx, state: JobState, before: Timestamp) -> Result<u64, DbError> {
    let query = job::Entity::delete_many()
        .filter(job::Column::State.eq(state.code()))
        .filter(job::Column::FinishedAt.lt(before.as_second()));
    Ok(query.exec(&tx.on()).await?.rows_affected)
}
