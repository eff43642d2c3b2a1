//! Jobs of the worker as they are stored: kinds, queues and states.

use super::id::{CustomerId, JobId};
use jiff::Timestamp;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Queued: due now or later.
    Waiting,
    /// Leased by a worker.
    Running,
    /// Completed successfully.
    Done,
    /// Given up. An admin has to act.
    Failed,
}

impl JobState {
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Running, Self::Failed, Self::Done];

    /// Returns the name as stored and as in URLs of the panel.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

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
    /// A person will notice a delay.
    Normal,
    /// Nobody is waiting.
    Bulk,
}

impl Priority {
    /// All priorities, the most urgent first.
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

/// A group of job kinds that share their concurrency. A busy queue does not delay the others.
#[derive(Debug)]
pub struct Queue {
    /// Name, as stored.
    pub name: &'static str,
    /// Number of jobs that one worker runs at the same time.
    pub concurrency: usize,
    /// Number of jobs that all workers together run at the same time; `None` for no limit.
    pub total: Option<usize>,
}

/// The rules of a job kind.
#[derive(Debug)]
pub struct KindRules {
    /// Name, as stored.
    pub name: &'static str,
    /// The queue that jobs of this kind run in.
    pub queue: &'static Queue,
    pub priority: Priority,
}

/// A job as stored.
#[derive(Clone, Debug)]
pub struct StoredJob {
    pub id: JobId,
    /// Name of the kind.
    pub kind: String,
    /// The customer that the job is about, if any.
    pub customer: Option<CustomerId>,
    /// Text that identifies the subject to people, such as a login name.
    pub subject: String,
    /// Payload, as JSON.
    pub payload: String,
    /// Secrets of the payload, sealed.
    pub sealed: Option<String>,
    /// Jobs with the same key run one after the other.
    pub order: Option<String>,
    pub state: JobState,
    pub attempts: u32,
    /// Time of the next attempt.
    pub run_at: Timestamp,
    pub last_error: Option<String>,
    /// Time of enqueueing.
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

/// Selects jobs for a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobFilter {
    pub state: Option<JobState>,
    pub kind: Option<String>,
}

/// The number of jobs of one kind in one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobCount {
    /// Name of the kind.
    pub kind: String,
    /// State; never [`JobState::Done`].
    pub state: JobState,
    pub count: u64,
    /// Time at which the oldest of these jobs was enqueued.
    pub oldest: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_and_priorities_are_stored_by_stable_codes() {
        for (state, code) in [
            (JobState::Waiting, "waiting"),
            (JobState::Running, "running"),
            (JobState::Failed, "failed"),
            (JobState::Done, "done"),
        ] {
            assert_eq!((state.code(), JobState::parse(code)), (code, Some(state)));
        }
        for code in ["", "Waiting", "queued"] {
            assert_eq!(JobState::parse(code), None, "{code:?}");
        }
        assert_eq!(Priority::ALL.map(Priority::column), [0, 10, 20]);
    }
}
