//! Writing jobs and claiming them.

use super::{JobRow, JobState, NewJob, into_row};
use crate::db::entities::job;
use crate::db::{DbError, Reader, Tx};
use crate::domain::id::JobId;
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select, Set,
};

/// Kinds of which only one may run for a customer at a time, in the order in which they were written.
const IN_ORDER: [&str; 2] = ["create_home", "remove_home"];

/// Writes a job.
///
/// # Errors
/// The database's.
pub async fn enqueue(tx: &Tx, new: NewJob, at: Timestamp) -> Result<JobId, DbError> {
    let row = job::ActiveModel {
        id: ActiveValue::NotSet,
        kind: Set(new.kind.to_owned()),
        customer_id: Set(new.customer.map(|id| id.0)),
        subject: Set(new.subject),
        payload: Set(new.payload),
        sealed: Set(new.sealed),
        state: Set(JobState::Waiting.code().to_owned()),
        attempts: Set(0),
        run_at: Set(at.as_second()),
        lease: Set(None),
        lease_ends_at: Set(None),
        last_error: Set(None),
        created_at: Set(at.as_second()),
        finished_at: Set(None),
    };
    Ok(JobId(row.insert(&tx.on()).await?.id))
}

/// Whether [`claim`] may find something; cheap, and no transaction is needed for it.
///
/// # Errors
/// The database's.
pub async fn any_due(on: &Reader, now: Timestamp) -> Result<bool, DbError> {
    Ok(due(now).select_only().column(job::Column::Id).limit(1).into_tuple::<i64>().one(&on.on()).await?.is_some())
}

/// Takes the next job that is due, or whose worker let its lease run out. Nobody else has it until the lease ends.
///
/// # Errors
/// The database's.
pub async fn claim(tx: &Tx, lease: &str, now: Timestamp, lease_ends: Timestamp) -> Result<Option<JobRow>, DbError> {
    let candidates = due(now).order_by_asc(job::Column::RunAt).order_by_asc(job::Column::Id).limit(16).all(&tx.on()).await?;
    for candidate in candidates {
        if is_behind_another(tx, &candidate).await? {
            continue;
        }
        let taken = job::Entity::update_many()
            .col_expr(job::Column::State, Expr::value(JobState::Running.code()))
            .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).add(1))
            .col_expr(job::Column::Lease, Expr::value(lease))
            .col_expr(job::Column::LeaseEndsAt, Expr::value(lease_ends.as_second()))
            .filter(job::Column::Id.eq(candidate.id))
            .filter(is_due(now))
            .exec(&tx.on())
            .await?;
        if taken.rows_affected == 1 {
            let row = job::Entity::find_by_id(candidate.id).one(&tx.on()).await?;
            return Ok(row.map(into_row));
        }
    }
    Ok(None)
}

fn due(now: Timestamp) -> Select<job::Entity> {
    job::Entity::find().filter(is_due(now))
}

fn is_due(now: Timestamp) -> Condition {
    let waiting = Condition::all().add(job::Column::State.eq(JobState::Waiting.code())).add(job::Column::RunAt.lte(now.as_second()));
    let deserted = Condition::all().add(job::Column::State.eq(JobState::Running.code())).add(job::Column::LeaseEndsAt.lte(now.as_second()));
    Condition::any().add(waiting).add(deserted)
}

async fn is_behind_another(tx: &Tx, job: &job::Model) -> Result<bool, DbError> {
    if job.customer_id.is_none() || !IN_ORDER.contains(&job.kind.as_str()) {
        return Ok(false);
    }
    let earlier = job::Entity::find()
        .filter(job::Column::CustomerId.eq(job.customer_id))
        .filter(job::Column::Id.lt(job.id))
        .filter(job::Column::Kind.is_in(IN_ORDER))
        .filter(job::Column::State.is_in([JobState::Waiting.code(), JobState::Running.code()]));
    Ok(earlier.one(&tx.on()).await?.is_some())
}
