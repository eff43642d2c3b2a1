//! The context of a job.

use domain::job::StoredJob;
use mail::Mailer;
use services::Outcome;
use services::app::App;
use services::jobs::queue;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio_util::sync::CancellationToken;

/// Shared state passed to every job.
#[derive(Clone)]
pub(super) struct JobContext {
    pub app: App,
    pub mailer: Arc<Mailer>,
    /// Cancelled when the worker stops: jobs that can be interrupted should end.
    pub stopping: CancellationToken,
    /// Cancelled when the worker no longer waits for its jobs.
    pub aborted: CancellationToken,
    /// The lease of the job that gets this context.
    pub lease: Lease,
}

/// The lease of a running job.
#[derive(Clone, Default)]
pub(super) struct Lease {
    pub token: String,
    /// Whether the lease was extended for a long transaction. During the transaction, SQLite allows
    /// no other writer, so a heartbeat would have to wait.
    pub is_long: Arc<AtomicBool>,
}

impl JobContext {
    /// Extends the lease of a job for a long transaction and pauses the heartbeat. Returns whether
    /// the worker still held the lease.
    pub async fn extend_lease_for_transaction(&self, row: &StoredJob) -> Outcome<bool> {
        let held =
            queue::extend_lease_for_transaction(&self.app, row.id, &self.lease.token).await?;
        self.lease.is_long.store(held, Ordering::Relaxed);
        Ok(held)
    }
}
