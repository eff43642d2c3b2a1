//! Reads and counts jobs.

use super::into_job;
use crate::entities::{customer, job};
use crate::values::{to_timestamp, to_u64};
use crate::{DbError, Reader};
use domain::id::{CustomerId, JobId};
use domain::job::{JobCount, JobFilter, JobState, StoredJob};
use domain::scope::Scope;
use jiff::Timestamp;
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};

/// Returns the job with this id, if it lies within the scope.
pub async fn find(on: &Reader, scope: Scope, id: JobId) -> Result<Option<StoredJob>, DbError> {
    Ok(all(scope).filter(job::Column::Id.eq(id.0)).one(&on.on()).await?.map(into_job))
}

/// Returns one page of the matching jobs within the scope, newest first, and the number of all
/// matches.
pub async fn list(
    on: &Reader,
    scope: Scope,
    filter: &JobFilter,
    limit: u64,
    offset: u64,
) -> Result<(Vec<StoredJob>, u64), DbError> {
    let state = filter.state.map(|state| job::Column::State.eq(state.code()));
    let kind = filter.kind.as_ref().map(|kind| job::Column::Kind.eq(kind.as_str()));
    let query = all(scope).filter(Condition::all().add_option(state).add_option(kind));
    let total = query.clone().count(&on.on()).await?;
    let rows =
        query.order_by_desc(job::Column::Id).limit(limit).offset(offset).all(&on.on()).await?;
    Ok((rows.into_iter().map(into_job).collect(), total))
}

/// Returns the unfinished jobs of one customer, at most `limit`: failed jobs first, then running,
/// then waiting ones, each newest first. This is the alphabetical order of the state codes, so an
/// index provides it.
pub async fn list_unfinished(
    on: &Reader,
    customer: CustomerId,
    limit: u64,
) -> Result<Vec<StoredJob>, DbError> {
    let unfinished = [JobState::Failed, JobState::Running, JobState::Waiting].map(JobState::code);
    let query = all(Scope::Only(customer)).filter(job::Column::State.is_in(unfinished));
    let rows = query
        .order_by_asc(job::Column::State)
        .order_by_desc(job::Column::Id)
        .limit(limit)
        .all(&on.on())
        .await?;
    Ok(rows.into_iter().map(into_job).collect())
}

/// Returns the number of overdue jobs within the scope, and when the oldest of them was created.
/// Returns `None` if there are none. A waiting job is overdue if an attempt has failed or if it has
/// been due since `due_before`. Jobs of the kinds `except` are not counted.
pub async fn count_overdue(
    on: &Reader,
    scope: Scope,
    due_before: Timestamp,
    except: &[&str],
) -> Result<Option<(u64, Timestamp)>, DbError> {
    let query =
        overdue(scope, due_before).filter(job::Column::Kind.is_not_in(except.iter().copied()));
    let query = query
        .select_only()
        .column_as(job::Column::Id.count(), "n")
        .column_as(job::Column::CreatedAt.min(), "since");
    let found: Option<(i64, Option<i64>)> = query.into_tuple().one(&on.on()).await?;
    Ok(found.and_then(|(n, since)| Some((to_u64(n), to_timestamp(since?)))))
}

/// Returns the numbers of overdue jobs, as [`count_overdue`] defines them, for each of these kinds.
pub async fn count_overdue_by_kind(
    on: &Reader,
    scope: Scope,
    due_before: Timestamp,
    kinds: &[&str],
) -> Result<Vec<(String, u64)>, DbError> {
    let query = overdue(scope, due_before).filter(job::Column::Kind.is_in(kinds.iter().copied()));
    let query = query
        .select_only()
        .column(job::Column::Kind)
        .column_as(job::Column::Id.count(), "n")
        .group_by(job::Column::Kind);
    let found: Vec<(String, i64)> = query.into_tuple().all(&on.on()).await?;
    Ok(found.into_iter().map(|(kind, n)| (kind, to_u64(n))).collect())
}

fn overdue(scope: Scope, due_before: Timestamp) -> Select<job::Entity> {
    let is_overdue = Condition::any()
        .add(job::Column::Attempts.gt(0))
        .add(job::Column::RunAt.lte(due_before.as_second()));
    all(scope).filter(job::Column::State.eq(JobState::Waiting.code())).filter(is_overdue)
}

/// Returns whether a job of this kind is waiting or running.
pub async fn has_waiting_or_running(on: &Reader, kind: &str) -> Result<bool, DbError> {
    let states = [JobState::Waiting, JobState::Running].map(JobState::code);
    Ok(job::Entity::find()
        .filter(job::Column::Kind.eq(kind))
        .filter(job::Column::State.is_in(states))
        .one(&on.on())
        .await?
        .is_some())
}

/// Returns the number of jobs within the scope by state, for one kind or for all.
pub async fn count_by_state(
    on: &Reader,
    scope: Scope,
    kind: Option<&str>,
) -> Result<Vec<(JobState, u64)>, DbError> {
    let kind = kind.map(|kind| job::Column::Kind.eq(kind));
    let query = all(scope).filter(Condition::all().add_option(kind));
    let query = query
        .select_only()
        .column(job::Column::State)
        .column_as(job::Column::Id.count(), "n")
        .group_by(job::Column::State);
    let found: Vec<(String, i64)> = query.into_tuple().all(&on.on()).await?;
    Ok(found
        .into_iter()
        .filter_map(|(state, n)| Some((JobState::parse(&state)?, to_u64(n))))
        .collect())
}

/// Returns the kinds of the jobs within the scope, sorted by name.
pub async fn kinds(on: &Reader, scope: Scope) -> Result<Vec<String>, DbError> {
    let query = all(scope)
        .select_only()
        .column(job::Column::Kind)
        .distinct()
        .order_by_asc(job::Column::Kind);
    Ok(query.into_tuple().all(&on.on()).await?)
}

/// Returns the number of jobs that are not done, by kind and state, with the creation time of the
/// oldest.
pub async fn count_unfinished(on: &Reader) -> Result<Vec<JobCount>, DbError> {
    let query =
        job::Entity::find().filter(job::Column::State.ne(JobState::Done.code())).select_only();
    let query = query
        .column(job::Column::Kind)
        .column(job::Column::State)
        .column_as(job::Column::Id.count(), "n");
    let query = query
        .column_as(job::Column::CreatedAt.min(), "oldest")
        .group_by(job::Column::Kind)
        .group_by(job::Column::State);
    let found: Vec<(String, String, i64, Option<i64>)> = query.into_tuple().all(&on.on()).await?;
    let to_count = |(kind, state, n, oldest): (String, String, i64, Option<i64>)| {
        Some(JobCount {
            kind,
            state: JobState::parse(&state)?,
            count: to_u64(n),
            oldest: to_timestamp(oldest?),
        })
    };
    Ok(found.into_iter().filter_map(to_count).collect())
}

fn all(scope: Scope) -> Select<job::Entity> {
    job::Entity::find().filter(within(scope))
}

/// Returns the condition that a job lies within the scope. A job lies in the scopes of its
/// customer; a job without a customer lies in `Scope::All` only.
pub(super) fn within(scope: Scope) -> Condition {
    match scope {
        Scope::All => Condition::all(),
        Scope::OwnedBy(owner) => {
            let own = Query::select()
                .column(customer::Column::Id)
                .from(customer::Entity)
                .and_where(customer::Column::OwnerId.eq(owner.0))
                .to_owned();
            Condition::all().add(job::Column::CustomerId.in_subquery(own))
        }
        Scope::Only(customer) => Condition::all().add(job::Column::CustomerId.eq(customer.0)),
    }
}
