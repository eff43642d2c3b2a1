//! The outbox: what must happen after a commit is a row of the same transaction. A job is claimed
//! by a lease, which works on every database; it runs at least once, so it must not mind running
//! twice.

mod claim;
mod finish;
mod kind;
mod manage;
mod queue;
mod read;

pub use claim::{Ask, any_due, claim, skips_locked};
pub use finish::{done, give_up, hand_back, hold_followers, prolong, release_followers, retry};
pub use kind::{Kind, Lane, Priority};
pub use manage::{cancel, discard, forget, hurry, run_again, run_now, run_now_all, supersede};
pub use queue::{enqueue, enqueue_all};
pub use read::{
    Depth, Filter, any_open, counts, depths, find, kinds, list, open_of, stuck, stuck_of,
};

use super::entities::job;
use super::values::time;
use domain::id::{CustomerId, JobId};
use jiff::Timestamp;

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
    pub kind: &'static Kind,
    /// Jobs of one such key run one after the other, in the order in which they were written.
    pub order: Option<String>,
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
    /// What it may have to wait for.
    pub order: Option<String>,
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

fn into_row(row: job::Model) -> JobRow {
    JobRow {
        id: JobId(row.id),
        kind: row.kind,
        customer: row.customer_id.map(CustomerId),
        subject: row.subject,
        payload: row.payload,
        sealed: row.sealed,
        order: row.order_key,
        state: JobState::parse(&row.state).unwrap_or(JobState::Failed),
        attempts: u32::try_from(row.attempts).unwrap_or(0),
        run_at: time(row.run_at),
        last_error: row.last_error,
        created_at: time(row.created_at),
        finished_at: row.finished_at.map(time),
    }
}
