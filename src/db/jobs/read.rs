//! Looking at jobs.

use super::{JobRow, JobState, into_row};
use crate::db::entities::{customer, job};
use crate::db::values::time;
use crate::db::{DbError, Reader};
use crate::domain::actor::Scope;
use crate::domain::id::JobId;
use jiff::Timestamp;
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

/// The job of that id, within the scope.
///
/// # Errors
/// The database's.
pub async fn find(on: &Reader, scope: Scope, id: JobId) -> Result<Option<JobRow>, DbError> {
    Ok(within(scope).filter(job::Column::Id.eq(id.0)).one(&on.on()).await?.map(into_row))
}

/// Some jobs within the scope, newest first, and how many there are in all.
///
/// # Errors
/// The database's.
pub async fn list(on: &Reader, scope: Scope, state: Option<JobState>, limit: u64, offset: u64) -> Result<(Vec<JobRow>, u64), DbError> {
    let mut query = within(scope);
    if let Some(state) = state {
        query = query.filter(job::Column::State.eq(state.code()));
    }
    let total = query.clone().count(&on.on()).await?;
    let rows = query.order_by_desc(job::Column::Id).limit(limit).offset(offset).all(&on.on()).await?;
    Ok((rows.into_iter().map(into_row).collect(), total))
}

/// How many jobs within the scope wait longer than they should, because a try failed or nobody took them since
/// `due_before`, and since when the oldest waits.
///
/// # Errors
/// The database's.
pub async fn stuck(on: &Reader, scope: Scope, due_before: Timestamp) -> Result<Option<(u64, Timestamp)>, DbError> {
    let late = Condition::any().add(job::Column::Attempts.gt(0)).add(job::Column::RunAt.lte(due_before.as_second()));
    let query = within(scope).filter(job::Column::State.eq(JobState::Waiting.code())).filter(late);
    let query = query.select_only().column_as(job::Column::Id.count(), "n").column_as(job::Column::CreatedAt.min(), "since");
    let found: Option<(i64, Option<i64>)> = query.into_tuple().one(&on.on()).await?;
    Ok(found.and_then(|(n, since)| Some((crate::db::values::count(n), time(since?)))))
}

/// Whether a job of that kind waits or runs.
///
/// # Errors
/// The database's.
pub async fn any_open(on: &Reader, kind: &str) -> Result<bool, DbError> {
    let open = job::Column::State.is_in([JobState::Waiting.code(), JobState::Running.code()]);
    Ok(job::Entity::find().filter(job::Column::Kind.eq(kind)).filter(open).one(&on.on()).await?.is_some())
}

/// How many jobs within the scope are in each state.
///
/// # Errors
/// The database's.
pub async fn counts(on: &Reader, scope: Scope) -> Result<Vec<(JobState, u64)>, DbError> {
    let query = within(scope).select_only().column(job::Column::State).column_as(job::Column::Id.count(), "n").group_by(job::Column::State);
    let found: Vec<(String, i64)> = query.into_tuple().all(&on.on()).await?;
    Ok(found.into_iter().filter_map(|(state, n)| Some((JobState::parse(&state)?, crate::db::values::count(n)))).collect())
}

/// A job concerns whoever owns its customer; jobs without one concern those who see all.
fn within(scope: Scope) -> Select<job::Entity> {
    let query = job::Entity::find();
    match scope {
        Scope::All => query,
        Scope::OwnedBy(owner) => {
            let own = Query::select()
                .column(customer::Column::Id)
                .from(customer::Entity)
                .and_where(customer::Column::OwnerId.eq(owner.0))
                .to_owned();
            query.filter(job::Column::CustomerId.in_subquery(own))
        }
        Scope::Only(customer) => query.filter(job::Column::CustomerId.eq(customer.0)),
    }
}
