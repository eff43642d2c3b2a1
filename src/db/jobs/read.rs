//! Looking at jobs.

use super::into_row;
use crate::entities::{customer, job};
use crate::values::{count, time};
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

/// The job of that id, within the scope.
///
/// # Errors
/// The database's.
pub async fn find(on: &Reader, scope: Scope, id: JobId) -> Result<Option<StoredJob>, DbError> {
    Ok(all(scope).filter(job::Column::Id.eq(id.0)).one(&on.on()).await?.map(into_row))
}

/// Some jobs within the scope, newest first, and how many there are in all.
///
/// # Errors
/// The database's.
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
    Ok((rows.into_iter().map(into_row).collect(), total))
}

/// The jobs of one customer that are not done, at most `limit`: what failed first, then what runs,
/// then what waits, each the newest first. That is the order of the states' codes, so an index has
/// it.
///
/// # Errors
/// The database's.
pub async fn open_of(
    on: &Reader,
    customer: CustomerId,
    limit: u64,
) -> Result<Vec<StoredJob>, DbError> {
    let open = [JobState::Failed, JobState::Running, JobState::Waiting].map(JobState::code);
    let query = all(Scope::Only(customer)).filter(job::Column::State.is_in(open));
    let rows = query
        .order_by_asc(job::Column::State)
        .order_by_desc(job::Column::Id)
        .limit(limit)
        .all(&on.on())
        .await?;
    Ok(rows.into_iter().map(into_row).collect())
}

/// How many jobs within the scope wait longer than they should, because a try failed or nobody took
/// them since `due_before`, and since when the oldest waits; those of the kinds `except` are not
/// counted.
///
/// # Errors
/// The database's.
pub async fn stuck(
    on: &Reader,
    scope: Scope,
    due_before: Timestamp,
    except: &[&str],
) -> Result<Option<(u64, Timestamp)>, DbError> {
    let query = late(scope, due_before).filter(job::Column::Kind.is_not_in(except.iter().copied()));
    let query = query
        .select_only()
        .column_as(job::Column::Id.count(), "n")
        .column_as(job::Column::CreatedAt.min(), "since");
    let found: Option<(i64, Option<i64>)> = query.into_tuple().one(&on.on()).await?;
    Ok(found.and_then(|(n, since)| Some((count(n), time(since?)))))
}

/// The same by kind, of these kinds.
///
/// # Errors
/// The database's.
pub async fn stuck_of(
    on: &Reader,
    scope: Scope,
    due_before: Timestamp,
    kinds: &[&str],
) -> Result<Vec<(String, u64)>, DbError> {
    let query = late(scope, due_before).filter(job::Column::Kind.is_in(kinds.iter().copied()));
    let query = query
        .select_only()
        .column(job::Column::Kind)
        .column_as(job::Column::Id.count(), "n")
        .group_by(job::Column::Kind);
    let found: Vec<(String, i64)> = query.into_tuple().all(&on.on()).await?;
    Ok(found.into_iter().map(|(kind, n)| (kind, count(n))).collect())
}

fn late(scope: Scope, due_before: Timestamp) -> Select<job::Entity> {
    let late = Condition::any()
        .add(job::Column::Attempts.gt(0))
        .add(job::Column::RunAt.lte(due_before.as_second()));
    all(scope).filter(job::Column::State.eq(JobState::Waiting.code())).filter(late)
}

/// Whether a job of that kind waits or runs.
///
/// # Errors
/// The database's.
pub async fn any_open(on: &Reader, kind: &str) -> Result<bool, DbError> {
    let open = job::Column::State.is_in([JobState::Waiting.code(), JobState::Running.code()]);
    Ok(job::Entity::find()
        .filter(job::Column::Kind.eq(kind))
        .filter(open)
        .one(&on.on())
        .await?
        .is_some())
}

/// How many jobs within the scope are in each state, of one kind or of all.
///
/// # Errors
/// The database's.
pub async fn counts(
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
        .filter_map(|(state, n)| Some((JobState::parse(&state)?, count(n))))
        .collect())
}

/// The kinds of the jobs within the scope.
///
/// # Errors
/// The database's.
pub async fn kinds(on: &Reader, scope: Scope) -> Result<Vec<String>, DbError> {
    let query = all(scope)
        .select_only()
        .column(job::Column::Kind)
        .distinct()
        .order_by_asc(job::Column::Kind);
    Ok(query.into_tuple().all(&on.on()).await?)
}

/// How many jobs are not done, by kind and state.
///
/// # Errors
/// The database's.
pub async fn depths(on: &Reader) -> Result<Vec<JobCount>, DbError> {
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
    let depth = |(kind, state, n, oldest): (String, String, i64, Option<i64>)| {
        Some(JobCount {
            kind,
            state: JobState::parse(&state)?,
            count: count(n),
            oldest: time(oldest?),
        })
    };
    Ok(found.into_iter().filter_map(depth).collect())
}

fn all(scope: Scope) -> Select<job::Entity> {
    job::Entity::find().filter(within(scope))
}

/// A job concerns whoever owns its customer; jobs without one concern those who see all.
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
