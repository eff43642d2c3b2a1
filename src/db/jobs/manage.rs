//! What people and services do with jobs that nobody has begun, and what is cleared away.

use super::JobState;
use crate::db::entities::job;
use crate::db::{DbError, Tx};
use crate::domain::id::{CustomerId, JobId};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

/// Lets a waiting or failed job run now; gives whether there was one.
///
/// # Errors
/// The database's.
pub async fn run_now(tx: &Tx, id: JobId, now: Timestamp) -> Result<bool, DbError> {
    let query = job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Waiting.code()))
        .col_expr(job::Column::Attempts, Expr::value(0))
        .col_expr(job::Column::RunAt, Expr::value(now.as_second()))
        .col_expr(job::Column::FinishedAt, Expr::value(None::<i64>))
        .filter(job::Column::Id.eq(id.0))
        .filter(job::Column::State.is_in([JobState::Waiting.code(), JobState::Failed.code()]));
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
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

/// Removes a customer's jobs that nobody has begun: he is gone, or they are superseded. Running ones end by themselves.
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

/// Removes jobs that ended in this state before `before`, with what they still hold sealed.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &Tx, state: JobState, before: Timestamp) -> Result<u64, DbError> {
    let query =
        job::Entity::delete_many().filter(job::Column::State.eq(state.code())).filter(job::Column::FinishedAt.lt(before.as_second()));
    Ok(query.exec(&tx.on()).await?.rows_affected)
}
