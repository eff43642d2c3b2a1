//! Jobs of the worker as they are queued: their kinds, queues and states.

use super::id::{CustomerId, JobId};
use jiff::Timestamp;

/// The state of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Queued: due now, or at a later time.
    Waiting,
    /// Leased by a worker.
    Running,
    /// Ended well.
    Done,
    /// Given up; an admin has to look.
    Failed,
}

impl JobState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Running, Self::Failed, Self::Done];

    /// Returns the name as stored, and as in addresses of the panel.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// Reads a name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == text)
    }
}

/// The order in which jobs are claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// A person is waiting for the result.
    Urgent,
    /// A person will miss the result.
    Normal,
    /// Nobody is waiting.
    Bulk,
}

impl Priority {
    /// Every priority, the first to be claimed first.
    pub const ALL: [Self; 3] = [Self::Urgent, Self::Normal, Self::Bulk];

    /// Returns the number as stored.
    #[must_use]
    pub const fn column(self) -> i16 {
        match self {
            Self::Urgent => 0,
            Self::Normal => 10,
            Self::Bulk => 20,
        }
    }
}

/// Job kinds that share their concurrency. A busy queue does not delay the others.
#[derive(Debug)]
pub struct Queue {
    /// Name, as stored.
    pub name: &'static str,
    /// Number of jobs that one worker runs at the same time.
    pub concurrency: usize,
    /// Number of jobs that all workers together run at the same time, where there is a limit.
    pub total: Option<usize>,
}

/// The rules of a job kind.
#[derive(Debug)]
pub struct KindRules {
    /// Name, as stored.
    pub name: &'static str,
    /// The queue that jobs of this kind run in.
    pub queue: &'static Queue,
    /// When jobs of this kind are claimed.
    pub priority: Priority,
}

/// A job as stored.
#[derive(Clone, Debug)]
pub struct StoredJob {
    /// Id.
    pub id: JobId,
    /// Name of the kind.
    pub kind: String,
    /// The customer whom the job is about.
    pub customer: Option<CustomerId>,
    /// What people read of the job, such as a login name.
    pub subject: String,
    /// Payload, as JSON.
    pub payload: String,
    /// Secrets of the payload, sealed.
    pub sealed: Option<String>,
    /// Jobs with the same key run one after the other.
    pub order: Option<String>,
    /// State.
    pub state: JobState,
    /// Number of attempts.
    pub attempts: u32,
    /// Time of the next attempt.
    pub run_at: Timestamp,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// Time of queueing.
    pub created_at: Timestamp,
    /// Time of the end.
    pub finished_at: Option<Timestamp>,
}

/// Selects jobs for a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobFilter {
    /// Only jobs in this state.
    pub state: Option<JobState>,
    /// Only jobs of this kind.
    pub kind: Option<String>,
}

/// The number of jobs of one kind in one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobCount {
    /// Name of the kind.
    pub kind: String,
    /// State; never [`JobState::Done`].
    pub state: JobState,
    /// Number of jobs.
    pub count: u64,
    /// When the oldest of them was queued.
    pub oldest: Timestamp,
}
