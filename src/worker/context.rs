//! What a job works with.

use db::jobs::JobRow;
use db::{DbError, Tx};
use jiff::{SignedDuration, Timestamp};
use mail::Mailer;
use services::app::App;
use services::{Door, Origin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio_util::sync::CancellationToken;

/// What jobs work with.
#[derive(Clone)]
pub(super) struct JobContext {
    pub app: App,
    pub mailer: Arc<Mailer>,
    /// The worker is stopping: what can be interrupted, should be.
    pub stopping: CancellationToken,
    /// The worker waits no longer.
    pub over: CancellationToken,
    /// The lease of the job that this is given to.
    pub lease: Lease,
}

/// The lease of a job under way.
#[derive(Clone, Default)]
pub(super) struct Lease {
    pub token: String,
    /// It was prolonged for a long transaction, in which SQLite lets nobody write: not even the
    /// next heartbeat.
    pub is_long: Arc<AtomicBool>,
}

/// How long a transaction may take that a job announces.
const LONG: SignedDuration = SignedDuration::from_mins(15);

impl JobContext {
    /// Prolongs the lease of a job for a long transaction; the heartbeat pauses from now on. Gives
    /// whether the job still had it.
    ///
    /// # Errors
    /// The database's.
    pub async fn hold_on(&self, row: &JobRow) -> Result<bool, DbError> {
        let ends = later(self.app.env.clock.now(), LONG);
        let held = self
            .app
            .db
            .write(async |tx: &Tx| db::jobs::prolong(tx, row.id, &self.lease.token, ends).await)
            .await?;
        self.lease.is_long.store(held, Ordering::Relaxed);
        Ok(held)
    }
}

/// Where changes come from that the worker makes.
pub(super) fn origin() -> Origin {
    Origin { door: Door::Worker, address: String::new(), acting: None }
}

pub(super) fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}
