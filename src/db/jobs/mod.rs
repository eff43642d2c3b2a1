//! The outbox: what must happen after a commit is a row of the same transaction. A job is claimed
//! by a lease, which works on every database; it runs at least once, so it must not mind running
//! twice.

mod claim;
mod finish;
mod manage;
mod queue;
mod read;

pub use claim::{Ask, any_due, claim, skips_locked};
pub use finish::{done, give_up, hand_back, hold_followers, prolong, release_followers, retry};
pub use manage::{cancel, discard, forget, hurry, run_again, run_now, run_now_all, supersede};
pub use queue::{enqueue, enqueue_all};
pub use read::{any_open, counts, depths, find, kinds, list, open_of, stuck, stuck_of};

use super::entities::job;
use super::values::time;
use domain::id::{CustomerId, JobId};
use domain::job::{JobState, KindRules, StoredJob};

/// A job to be written.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Its kind.
    pub kind: &'static KindRules,
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

fn into_row(row: job::Model) -> StoredJob {
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
        run_at: time(row.run_at),
        last_error: row.last_error,
        created_at: time(row.created_at),
        finished_at: row.finished_at.map(time),
    }
}
