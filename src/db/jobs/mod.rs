//! The outbox: work that must happen after a commit is a row of the same transaction.
//!
//! Workers claim jobs by lease, which works on every database. A job runs at least once, so every
//! kind must tolerate a second run.
//!
//! Functions fail with the errors of the database, unless their doc comments say otherwise.

mod claim;
mod finish;
mod manage;
mod queue;
mod read;

pub use claim::{ClaimFilter, claim, has_due_job, supports_skip_locked};
pub use finish::{
    delay_followers, extend_lease, give_up, mark_done, release_followers, retry, return_to_queue,
};
pub use manage::{
    cancel, delete_finished, delete_superseded, discard, make_delayed_due, run_again, run_now,
    run_now_all,
};
pub use queue::{enqueue, enqueue_all};
pub use read::{
    count_by_state, count_overdue, count_overdue_by_kind, count_unfinished, find,
    has_waiting_or_running, kinds, list, list_unfinished,
};

use super::entities::job;
use super::values::to_timestamp;
use domain::id::{CustomerId, JobId};
use domain::job::{JobState, KindRules, StoredJob};
use sea_orm::ColumnTrait as _;
use sea_orm::sea_query::SimpleExpr;

/// A job to enqueue.
#[derive(Clone, Debug)]
pub struct NewJob {
    pub kind: &'static KindRules,
    /// Jobs with the same key run one after the other, in the order in which they were enqueued.
    pub order: Option<String>,
    /// The customer that the job is about.
    pub customer: Option<CustomerId>,
    /// Text that shows people what the job is about, such as the login name.
    pub subject: String,
    /// Payload as JSON, without secrets.
    pub payload: String,
    /// Secrets of the payload, sealed.
    pub sealed: Option<String>,
}

/// Returns the filter for jobs that are waiting or failed.
pub(super) fn is_waiting_or_failed() -> SimpleExpr {
    job::Column::State.is_in([JobState::Waiting.code(), JobState::Failed.code()])
}

fn into_job(row: job::Model) -> StoredJob {
    StoredJob {
        id: JobId(row.id),
        kind: row.kind,
        customer: row.customer_id.map(CustomerId),
        subject: row.subject,
        payload: row.payload,
        sealed: row.sealed,
        order: row.order_key,
        state: JobState::parse(&row.state).unwrap_or(JobState::Failed),
        attempts: u32::try_from(row.attempts).unwrap_or(0),
        run_at: to_timestamp(row.run_at),
        last_error: row.last_error,
        created_at: to_timestamp(row.created_at),
        finished_at: row.finished_at.map(to_timestamp),
    }
}
