//! Claims jobs. Workers compete for jobs here and nowhere else.

use super::into_job;
use crate::entities::job;
use crate::{DbError, Reader, Tx};
use domain::job::{JobState, KindRules, Priority, StoredJob};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, LockBehavior, LockType, Query};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait as _, DbBackend, EntityTrait as _, ExprTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select, Statement,
};
use std::collections::HashSet;

/// The jobs that a worker may claim.
#[derive(Clone, Copy, Debug)]
pub struct ClaimFilter<'a> {
    /// Kinds that the worker knows and has free capacity for. Jobs of unknown kinds come from a
    /// newer version and are left to its workers.
    pub kinds: &'a [&'static KindRules],
    pub now: Timestamp,
    /// Whether to skip rows that another worker has locked; see [`supports_skip_locked`].
    pub skip_locked: bool,
}

/// Returns whether [`claim`] may find a job. This is cheap and needs no transaction.
pub async fn has_due_job(on: &Reader, filter: ClaimFilter<'_>) -> Result<bool, DbError> {
    Ok(find_next(on, ClaimFilter { skip_locked: false, ..filter }).await?.is_some())
}

/// Claims the next job. Jobs whose lease has expired come first, then the most urgent ones that are
/// due, and among these the one that became due first. No other worker can claim the job until the
/// lease ends.
///
/// # Errors
/// [`DbError::Conflict`] if another worker has claimed the job or the last slot of its queue.
pub async fn claim(
    tx: &Tx,
    filter: ClaimFilter<'_>,
    lease: &str,
    lease_ends: Timestamp,
) -> Result<Option<StoredJob>, DbError> {
    let Some((candidate, slot)) = find_next(tx, filter).await? else { return Ok(None) };
    if let Some(slot) = slot.as_ref().filter(|_| candidate.slot.is_none()) {
        clear_stale_slot(tx, slot).await?;
    }
    let claimed = job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Running.code()))
        .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).add(1))
        .col_expr(job::Column::Lease, Expr::value(lease))
        .col_expr(job::Column::LeaseEndsAt, Expr::value(lease_ends.as_second()))
        .col_expr(job::Column::Slot, Expr::value(slot))
        .filter(job::Column::Id.eq(candidate.id))
        .filter(Condition::any().add(is_due(filter.now)).add(has_expired_lease(filter.now)))
        .exec(&tx.on())
        .await;
    let claimed = match claimed.map_err(DbError::from) {
        // Slots are unique, and another worker has just claimed the last one of the queue.
        Err(DbError::UniqueViolation(message)) => return Err(DbError::Conflict(message)),
        outcome => outcome?,
    };
    if claimed.rows_affected == 0 {
        return Err(DbError::Conflict(format!("another worker has claimed job {}", candidate.id)));
    }
    Ok(job::Entity::find_by_id(candidate.id).one(&tx.on()).await?.map(into_job))
}

/// Returns whether the engine supports `FOR UPDATE SKIP LOCKED`. PostgreSQL, databases that speak
/// its protocol, MySQL and MariaDB do. `TiDB`, which speaks MySQL's protocol, does not. SQLite has
/// one writer and does not need it.
pub async fn supports_skip_locked(on: &Reader) -> Result<bool, DbError> {
    match on.engine() {
        DbBackend::MySql => {
            let row = on
                .on()
                .query_one_raw(Statement::from_string(DbBackend::MySql, "SELECT VERSION()"))
                .await?;
            let version = row.map(|row| row.try_get_by_index::<String>(0)).transpose()?;
            Ok(version.is_some_and(|version| !version.contains("TiDB")))
        }
        engine => Ok(engine == DbBackend::Postgres),
    }
}

/// Returns the next job, and the slot that it will use if its queue limits the jobs of all workers.
async fn find_next(
    on: &Reader,
    filter: ClaimFilter<'_>,
) -> Result<Option<(job::Model, Option<String>)>, DbError> {
    let used_slots = if filter.kinds.iter().any(|kind| kind.queue.total.is_some()) {
        find_used_slots(on).await?
    } else {
        HashSet::new()
    };
    let is_free =
        |kind: &KindRules| kind.queue.total.is_none() || free_slot(kind, &used_slots).is_some();
    let free: Vec<&str> =
        filter.kinds.iter().filter(|kind| is_free(kind)).map(|kind| kind.name).collect();
    let known = filter.kinds.iter().map(|kind| kind.name);
    // A job with an expired lease keeps its slot, so it can be claimed even if no slot is free.
    let claimable = Condition::any().add(job::Column::Kind.is_in(free.iter().copied())).add(
        Condition::all().add(job::Column::Kind.is_in(known)).add(job::Column::Slot.is_not_null()),
    );
    let expired = job::Entity::find().filter(has_expired_lease(filter.now)).filter(claimable);
    let mut found = find_first(on, filter, expired).await?;
    for priority in Priority::ALL {
        if found.is_none() && !free.is_empty() {
            let query = job::Entity::find()
                .filter(is_due(filter.now))
                .filter(job::Column::Priority.eq(priority.column()))
                .filter(job::Column::Kind.is_in(free.iter().copied()))
                .filter(is_first_of_order());
            found = find_first(on, filter, query).await?;
        }
    }
    Ok(found.map(|row| {
        let kind = filter
            .kinds
            .iter()
            .find(|kind| kind.name == row.kind)
            .filter(|kind| kind.queue.total.is_some());
        let slot = kind.and_then(|kind| row.slot.clone().or_else(|| free_slot(kind, &used_slots)));
        (row, slot)
    }))
}

async fn find_first(
    on: &Reader,
    filter: ClaimFilter<'_>,
    query: Select<job::Entity>,
) -> Result<Option<job::Model>, DbError> {
    let query = query.order_by_asc(job::Column::RunAt).order_by_asc(job::Column::Id).limit(1);
    let query = if filter.skip_locked {
        query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
    } else {
        query
    };
    Ok(query.one(&on.on()).await?)
}

fn is_due(now: Timestamp) -> Condition {
    Condition::all()
        .add(job::Column::State.eq(JobState::Waiting.code()))
        .add(job::Column::RunAt.lte(now.as_second()))
}

fn has_expired_lease(now: Timestamp) -> Condition {
    Condition::all()
        .add(job::Column::State.eq(JobState::Running.code()))
        .add(job::Column::LeaseEndsAt.lte(now.as_second()))
}

/// Returns the condition that no earlier job with the same order key is waiting or running.
fn is_first_of_order() -> Condition {
    let earlier = |column: job::Column| Expr::col(("earlier", column));
    let this = |column: job::Column| (job::Entity, column);
    let unfinished = Query::select()
        .expr(Expr::val(1))
        .from_as(job::Entity, "earlier")
        .and_where(earlier(job::Column::OrderKey).equals(this(job::Column::OrderKey)))
        .and_where(
            earlier(job::Column::State).is_in([JobState::Waiting.code(), JobState::Running.code()]),
        )
        .and_where(earlier(job::Column::Id).lt(Expr::col(this(job::Column::Id))))
        .to_owned();
    Condition::any().add(job::Column::OrderKey.is_null()).add(Expr::exists(unfinished).not())
}

/// Clears the slot in jobs that no longer run. A worker of a version without slots ends jobs
/// without clearing their slots.
async fn clear_stale_slot(tx: &Tx, slot: &str) -> Result<(), DbError> {
    let query = job::Entity::update_many()
        .col_expr(job::Column::Slot, Expr::value(None::<String>))
        .filter(job::Column::Slot.eq(slot))
        .filter(job::Column::State.ne(JobState::Running.code()));
    query.exec(&tx.on()).await?;
    Ok(())
}

/// Returns the slots of running jobs.
async fn find_used_slots(on: &Reader) -> Result<HashSet<String>, DbError> {
    let query = job::Entity::find()
        .filter(job::Column::Slot.is_not_null())
        .filter(job::Column::State.eq(JobState::Running.code()));
    let slots: Vec<Option<String>> =
        query.select_only().column(job::Column::Slot).into_tuple().all(&on.on()).await?;
    Ok(slots.into_iter().flatten().collect())
}

fn free_slot(kind: &KindRules, used_slots: &HashSet<String>) -> Option<String> {
    let slots = (0..kind.queue.total?).map(|number| format!("{}/{number}", kind.queue.name));
    slots.into_iter().find(|slot| !used_slots.contains(slot))
}
