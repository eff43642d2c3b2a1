//! The outbox: what must happen after a commit is a row of the same transaction. A job is claimed by a lease, which works
//! on every database; it runs at least once, so it must not mind running twice.

use super::entities::{customer, job};
use super::values::time;
use super::{DbError, Reader, Tx};
use crate::domain::actor::Scope;
use crate::domain::id::{CustomerId, JobId};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select, Set,
};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Waits for its time or for a worker.
    Waiting,
    /// A worker has it.
    Running,
    /// Done.
    Done,
    /// Given up; somebody must look.
    Failed,
}

impl JobState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Running, Self::Failed, Self::Done];

    /// As stored, and as in the page's address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// Reads a state.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == text)
    }
}

/// A job to be written.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Its kind.
    pub kind: &'static str,
    /// Whom it is for.
    pub customer: Option<CustomerId>,
    /// What people read of it, such as the login name.
    pub subject: String,
    /// What it needs, as JSON; never a secret.
    pub payload: String,
    /// Secrets it needs, sealed.
    pub sealed: Option<String>,
}

/// A job as stored.
#[derive(Clone, Debug)]
pub struct JobRow {
    /// Its id.
    pub id: JobId,
    /// Its kind.
    pub kind: String,
    /// Whom it is for.
    pub customer: Option<CustomerId>,
    /// What people read of it.
    pub subject: String,
    /// What it needs, as JSON.
    pub payload: String,
    /// Secrets it needs, sealed.
    pub sealed: Option<String>,
    /// Where it stands.
    pub state: JobState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next.
    pub run_at: Timestamp,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

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

/// Keeps a running job's lease alive; gives whether it still is this worker's.
///
/// # Errors
/// The database's.
pub async fn prolong(tx: &Tx, id: JobId, lease: &str, lease_ends: Timestamp) -> Result<bool, DbError> {
    let query = mine(id, lease).col_expr(job::Column::LeaseEndsAt, Expr::value(lease_ends.as_second()));
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

/// The job is done; its secrets are erased.
///
/// # Errors
/// The database's.
pub async fn done(tx: &Tx, id: JobId, lease: &str, now: Timestamp) -> Result<bool, DbError> {
    let query = ended(mine(id, lease), JobState::Done, now).col_expr(job::Column::Sealed, none()).col_expr(job::Column::LastError, none());
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

/// The job failed and is tried again at `run_at`.
///
/// # Errors
/// The database's.
pub async fn retry(tx: &Tx, id: JobId, lease: &str, error: &str, run_at: Timestamp) -> Result<bool, DbError> {
    let query = mine(id, lease)
        .col_expr(job::Column::State, Expr::value(JobState::Waiting.code()))
        .col_expr(job::Column::LastError, Expr::value(error))
        .col_expr(job::Column::RunAt, Expr::value(run_at.as_second()))
        .col_expr(job::Column::Lease, none())
        .col_expr(job::Column::LeaseEndsAt, Expr::value(None::<i64>));
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

/// The job was not ended: it waits again as if it had not been begun.
///
/// # Errors
/// The database's.
pub async fn hand_back(tx: &Tx, id: JobId, lease: &str) -> Result<bool, DbError> {
    let query = mine(id, lease)
        .col_expr(job::Column::State, Expr::value(JobState::Waiting.code()))
        .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).sub(1))
        .col_expr(job::Column::Lease, none())
        .col_expr(job::Column::LeaseEndsAt, Expr::value(None::<i64>));
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

/// The job failed for good. Its secrets stay sealed until somebody tries again, discards it, or the time to keep it ends.
///
/// # Errors
/// The database's.
pub async fn give_up(tx: &Tx, id: JobId, lease: &str, error: &str, now: Timestamp) -> Result<bool, DbError> {
    let query = ended(mine(id, lease), JobState::Failed, now).col_expr(job::Column::LastError, Expr::value(error));
    Ok(query.exec(&tx.on()).await?.rows_affected == 1)
}

type Update = sea_orm::UpdateMany<job::Entity>;

fn mine(id: JobId, lease: &str) -> Update {
    job::Entity::update_many().filter(job::Column::Id.eq(id.0)).filter(job::Column::Lease.eq(lease))
}

fn ended(query: Update, state: JobState, now: Timestamp) -> Update {
    query
        .col_expr(job::Column::State, Expr::value(state.code()))
        .col_expr(job::Column::FinishedAt, Expr::value(now.as_second()))
        .col_expr(job::Column::Lease, none())
        .col_expr(job::Column::LeaseEndsAt, Expr::value(None::<i64>))
}

fn none() -> Expr {
    Expr::value(None::<String>)
}

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
    Ok(found.and_then(|(n, since)| Some((super::values::count(n), time(since?)))))
}

/// How many jobs within the scope are in each state.
///
/// # Errors
/// The database's.
pub async fn counts(on: &Reader, scope: Scope) -> Result<Vec<(JobState, u64)>, DbError> {
    let query = within(scope).select_only().column(job::Column::State).column_as(job::Column::Id.count(), "n").group_by(job::Column::State);
    let found: Vec<(String, i64)> = query.into_tuple().all(&on.on()).await?;
    Ok(found.into_iter().filter_map(|(state, n)| Some((JobState::parse(&state)?, super::values::count(n)))).collect())
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

fn into_row(row: job::Model) -> JobRow {
    JobRow {
        id: JobId(row.id),
        kind: row.kind,
        customer: row.customer_id.map(CustomerId),
        subject: row.subject,
        payload: row.payload,
        sealed: row.sealed,
        state: JobState::parse(&row.state).unwrap_or(JobState::Failed),
        attempts: u32::try_from(row.attempts).unwrap_or(0),
        run_at: time(row.run_at),
        last_error: row.last_error,
        created_at: time(row.created_at),
        finished_at: row.finished_at.map(time),
    }
}
