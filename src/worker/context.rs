//! What a job works with.

use domain::job::StoredJob;
use mail::Mailer;
use services::Outcome;
use services::app::App;
use services::jobs::queue;
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

impl JobContext {
    /// Prolongs the lease of a job for a long transaction; the heartbeat pauses from now on. Gives
    /// whether the job still had it.
    ///
    /// # Errors
    /// The database's.
    pub async fn hold_on(&self, row: &StoredJob) -> Outcome<bool> {
        let held = queue::extend_lease_long(&self.app, row.id, &self.lease.token).await?;
        self.lease.is_long.store(held, Ordering::Relaxed);
        Ok(held)
    }
}
