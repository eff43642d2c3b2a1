//! Claiming jobs: the one place where workers compete.

use super::into_row;
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

/// What a worker would take.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// Kinds that it knows and has a hand free for. What it does not know, a newer program wrote:
    /// that is left for one.
    pub kinds: &'a [&'static KindRules],
    /// When.
    pub now: Timestamp,
    /// Whether the engine passes over rows that another worker is just taking; see
    /// [`skips_locked`].
    pub skip_locked: bool,
}

/// Whether [`claim`] may find something; cheap, and no transaction is needed for it.
///
/// # Errors
/// The database's.
pub async fn any_due(on: &Reader, ask: Ask<'_>) -> Result<bool, DbError> {
    Ok(next(on, Ask { skip_locked: false, ..ask }).await?.is_some())
}

/// Takes the next job that is due, or whose worker let its lease run out: the most urgent, of these
/// the oldest. Nobody else has it until the lease ends.
///
/// # Errors
/// The database's; [`DbError::Lost`] where another worker was faster.
pub async fn claim(
    tx: &Tx,
    ask: Ask<'_>,
    lease: &str,
    lease_ends: Timestamp,
) -> Result<Option<StoredJob>, DbError> {
    let Some((candidate, slot)) = next(tx, ask).await? else { return Ok(None) };
    if let Some(slot) = slot.as_ref().filter(|_| candidate.slot.is_none()) {
        give_back(tx, slot).await?;
    }
    let taken = job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Running.code()))
        .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).add(1))
        .col_expr(job::Column::Lease, Expr::value(lease))
        .col_expr(job::Column::LeaseEndsAt, Expr::value(lease_ends.as_second()))
        .col_expr(job::Column::Slot, Expr::value(slot))
        .filter(job::Column::Id.eq(candidate.id))
        .filter(Condition::any().add(waiting(ask.now)).add(deserted(ask.now)))
        .exec(&tx.on())
        .await;
    let taken = match taken.map_err(DbError::from) {
        // The last slot of its queue went to another worker just now.
        Err(DbError::Taken(what)) => return Err(DbError::Lost(what)),
        outcome => outcome?,
    };
    if taken.rows_affected == 0 {
        return Err(DbError::Lost(format!("job {} was taken", candidate.id)));
    }
    Ok(job::Entity::find_by_id(candidate.id).one(&tx.on()).await?.map(into_row))
}

/// Whether the engine knows `FOR UPDATE SKIP LOCKED`: PostgreSQL, MySQL and MariaDB do, and what
/// speaks PostgreSQL's protocol. `TiDB`, which speaks MySQL's, does not; SQLite has one writer and
/// needs none.
///
/// # Errors
/// The database's.
pub async fn skips_locked(on: &Reader) -> Result<bool, DbError> {
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

/// The next job, and the slot of its queue that it will have if those are counted.
async fn next(on: &Reader, ask: Ask<'_>) -> Result<Option<(job::Model, Option<String>)>, DbError> {
    let taken = if ask.kinds.iter().any(|kind| kind.queue.total.is_some()) {
        taken_slots(on).await?
    } else {
        HashSet::new()
    };
    let is_free =
        |kind: &KindRules| kind.queue.total.is_none() || free_slot(kind, &taken).is_some();
    let free: Vec<&str> =
        ask.kinds.iter().filter(|kind| is_free(kind)).map(|kind| kind.name).collect();
    let known = ask.kinds.iter().map(|kind| kind.name);
    // What a dead worker left keeps its place, so it is taken up even where no other is free.
    let left = Condition::any().add(job::Column::Kind.is_in(free.iter().copied())).add(
        Condition::all().add(job::Column::Kind.is_in(known)).add(job::Column::Slot.is_not_null()),
    );
    let mut found =
        first(on, ask, job::Entity::find().filter(deserted(ask.now)).filter(left)).await?;
    for priority in Priority::ALL {
        if found.is_none() && !free.is_empty() {
            let query = job::Entity::find()
                .filter(waiting(ask.now))
                .filter(job::Column::Priority.eq(priority.column()))
                .filter(job::Column::Kind.is_in(free.iter().copied()))
                .filter(is_at_the_head());
            found = first(on, ask, query).await?;
        }
    }
    Ok(found.map(|row| {
        let kind = ask
            .kinds
            .iter()
            .find(|kind| kind.name == row.kind)
            .filter(|kind| kind.queue.total.is_some());
        let slot = kind.and_then(|kind| row.slot.clone().or_else(|| free_slot(kind, &taken)));
        (row, slot)
    }))
}

async fn first(
    on: &Reader,
    ask: Ask<'_>,
    query: Select<job::Entity>,
) -> Result<Option<job::Model>, DbError> {
    let query = query.order_by_asc(job::Column::RunAt).order_by_asc(job::Column::Id).limit(1);
    let query = if ask.skip_locked {
        query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
    } else {
        query
    };
    Ok(query.one(&on.on()).await?)
}

fn waiting(now: Timestamp) -> Condition {
    Condition::all()
        .add(job::Column::State.eq(JobState::Waiting.code()))
        .add(job::Column::RunAt.lte(now.as_second()))
}

fn deserted(now: Timestamp) -> Condition {
    Condition::all()
        .add(job::Column::State.eq(JobState::Running.code()))
        .add(job::Column::LeaseEndsAt.lte(now.as_second()))
}

/// No earlier job of its order is still to be done.
fn is_at_the_head() -> Condition {
    let earlier = |column: job::Column| Expr::col(("earlier", column));
    let of_this = |column: job::Column| (job::Entity, column);
    let ahead = Query::select()
        .expr(Expr::val(1))
        .from_as(job::Entity, "earlier")
        .and_where(earlier(job::Column::OrderKey).equals(of_this(job::Column::OrderKey)))
        .and_where(
            earlier(job::Column::State).is_in([JobState::Waiting.code(), JobState::Running.code()]),
        )
        .and_where(earlier(job::Column::Id).lt(Expr::col(of_this(job::Column::Id))))
        .to_owned();
    Condition::any().add(job::Column::OrderKey.is_null()).add(Expr::exists(ahead).not())
}

/// A job whose worker knew of no places may have ended with its own.
async fn give_back(tx: &Tx, slot: &str) -> Result<(), DbError> {
    let query = job::Entity::update_many()
        .col_expr(job::Column::Slot, Expr::value(None::<String>))
        .filter(job::Column::Slot.eq(slot))
        .filter(job::Column::State.ne(JobState::Running.code()));
    query.exec(&tx.on()).await?;
    Ok(())
}

/// The places that running jobs have.
async fn taken_slots(on: &Reader) -> Result<HashSet<String>, DbError> {
    let query = job::Entity::find()
        .filter(job::Column::Slot.is_not_null())
        .filter(job::Column::State.eq(JobState::Running.code()));
    let slots: Vec<Option<String>> =
        query.select_only().column(job::Column::Slot).into_tuple().all(&on.on()).await?;
    Ok(slots.into_iter().flatten().collect())
}

fn free_slot(kind: &KindRules, taken: &HashSet<String>) -> Option<String> {
    let slots = (0..kind.queue.total?).map(|number| format!("{}/{number}", kind.queue.name));
    slots.into_iter().find(|slot| !taken.contains(slot))
}
