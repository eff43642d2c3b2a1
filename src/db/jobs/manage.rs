//! What people and services do with jobs that nobody has begun, and what is cleared away.

use super::read::within;
use crate::entities::job;
use crate::{DbError, Tx};
use domain::id::{CustomerId, JobId};
use domain::job::JobState;
use domain::scope::Scope;
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, UpdateMany};

/// Lets a waiting or failed job run now; gives whether there was one.
///
/// # Errors
/// The database's.
pub async fn run_now(tx: &Tx, id: JobId, now: Timestamp) -> Result<bool, DbError> {
    let query = now_from_the_start(now)
        .filter(job::Column::Id.eq(id.0))
        .filter(job::Column::State.is_in([JobState::Waiting.code(), JobState::Failed.code()]));
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

/// Lets a job run once more, even if it is done; gives nothing where there is none, and `false`
/// while it runs.
///
/// # Errors
/// The database's.
pub async fn run_again(tx: &Tx, id: JobId, now: Timestamp) -> Result<Option<bool>, DbError> {
    let query = now_from_the_start(now)
        .filter(job::Column::Id.eq(id.0))
        .filter(job::Column::State.ne(JobState::Running.code()));
    if query.exec(&tx.on()).await?.rows_affected == 1 {
        return Ok(Some(true));
    }
    Ok(job::Entity::find_by_id(id.0).one(&tx.on()).await?.map(|_| false))
}

/// Lets every failed job of that kind within the scope run now; gives how many there were.
///
/// # Errors
/// The database's.
pub async fn run_now_all(
    tx: &Tx,
    scope: Scope,
    kind: &str,
    now: Timestamp,
) -> Result<u64, DbError> {
    let query = now_from_the_start(now)
        .filter(within(scope))
        .filter(job::Column::Kind.eq(kind))
        .filter(job::Column::State.eq(JobState::Failed.code()));
    Ok(query.exec(&tx.on()).await?.rows_affected)
}

fn now_from_the_start(now: Timestamp) -> UpdateMany<job::Entity> {
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Waiting.code()))
        .col_expr(job::Column::Attempts, Expr::value(0))
        .col_expr(job::Column::RunAt, Expr::value(now.as_second()))
        .col_expr(job::Column::FinishedAt, Expr::value(None::<i64>))
}

/// Lets jobs of these kinds that failed and wait for a later time run now: what they need is there
/// again. They go on counting their tries.
///
/// # Errors
/// The database's.
pub async fn hurry(tx: &Tx, kinds: &[&str], now: Timestamp) -> Result<u64, DbError> {
    let query = job::Entity::update_many()
        .col_expr(job::Column::RunAt, Expr::value(now.as_second()))
        .filter(job::Column::State.eq(JobState::Waiting.code()))
        .filter(job::Column::RunAt.gt(now.as_second()))
        .filter(job::Column::Kind.is_in(kinds.iter().copied()));
    Ok(query.exec(&tx.on()).await?.rows_affected)
}

/// Removes a waiting or failed job; gives whether there was one.
///
/// # Errors
/// The database's.
pub async fn discard(tx: &Tx, id: JobId) -> Result<bool, DbError> {
    let query = job::Entity::delete_many()
        .filter(job::Column::Id.eq(id.0))
        .filter(job::Column::State.is_in([JobState::Waiting.code(), JobState::Failed.code()]));
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

/// Removes a customer's jobs that nobody has begun: he is gone, or they are superseded. Running
/// ones end by themselves.
///
/// # Errors
/// The database's.
pub async fn cancel(tx: &Tx, customer: CustomerId, kinds: &[&str]) -> Result<u64, DbError> {
    let query = job::Entity::delete_many()
        .filter(job::Column::CustomerId.eq(customer.0))
        .filter(job::Column::Kind.is_in(kinds.iter().copied()))
        .filter(job::Column::State.is_in([JobState::Waiting.code(), JobState::Failed.code()]));
    Ok(query.exec(&tx.on()).await?.rows_affected)
}

/// Removes jobs of the same kind and words that nobody has begun, or that were given up: another
/// takes their place.
///
/// # Errors
/// The database's.
pub async fn supersede(
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
        .filter(job::Column::State.is_in([JobState::Waiting.code(), JobState::Failed.code()]));
    Ok(query.exec(&tx.on()).await?.rows_affected)
}

/// Removes jobs that ended in this state before `before`, with what they still hold sealed.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &Tx, state: JobState, before: Timestamp) -> Result<u64, DbError> {
    let query = job::Entity::delete_many()
        .filter(job::Column::State.eq(state.code()))
        .filter(job::Column::FinishedAt.lt(before.as_second()));
    Ok(query.exec(&tx.on()).await?.rows_affected)
}
