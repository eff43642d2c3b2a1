//! The worker: runs jobs, the work that must happen after a commit.
//!
//! It claims a job by a lease, runs it, and records the result: done, to be retried after a growing
//! pause, or given up until an admin acts. Any number of workers can share one database. A job runs
//! at least once, so every job kind must tolerate a second run.

mod attempt;
mod context;
mod create_home;
mod customer_imports;
mod deliveries;
mod error;
mod ftp_file;
mod home_files;
mod mails;
mod measure_usage;
mod remove_home;
mod run;
mod set_home_quota;
#[cfg(test)]
mod tests;

pub use error::JobError;

use context::{JobContext, Lease};
use domain::job::{KindRules, Queue};
use mail::Mailer;
use services::app::App;
use services::ftp_file::FtpFile;
use services::jobs::kinds::KINDS;
use services::jobs::queue;
use services::{Outcome, ServiceError, housekeeping, schedules};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{JoinError, JoinSet, LocalSet};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Interval at which the worker looks for jobs without a notification: those of other processes,
/// and retries that are due.
const POLL_INTERVAL: Duration = Duration::from_secs(2);
/// Time that running jobs have to end after `stopping` was cancelled.
const STOP_GRACE: Duration = Duration::from_secs(20);
/// Interval at which the worker looks for recurring work that is due.
const RECURRING_INTERVAL: Duration = Duration::from_secs(30);
/// Maximum pause while the database does not respond.
const MAX_WAIT: Duration = Duration::from_secs(30);

/// Runs jobs of all kinds. Cloning is cheap.
#[derive(Clone)]
pub struct Worker {
    app: App,
    mailer: Arc<Mailer>,
    ftp_accounts: Option<PathBuf>,
}

/// The running jobs, and the tokens that stop them.
struct RunningJobs {
    jobs: JoinSet<()>,
    /// The queue of each job.
    queues: HashMap<tokio::task::Id, &'static Queue>,
    stopping: CancellationToken,
    aborted: CancellationToken,
    /// Pause before the worker looks for jobs without a notification.
    wait: Duration,
    /// Time at which the worker last looked for recurring work.
    last_recurring: Option<Instant>,
}

impl Worker {
    #[must_use]
    pub fn new(app: App, mailer: Mailer) -> Self {
        Self { app, mailer: Arc::new(mailer), ftp_accounts: None }
    }

    /// Returns the worker with a file in which it keeps a copy of a SQLite database's FTP accounts.
    #[must_use]
    pub fn with_ftp_accounts(mut self, path: Option<PathBuf>) -> Self {
        self.ftp_accounts = path;
        self
    }

    /// Runs jobs until `stopping` is cancelled. Then, running jobs have 20 seconds to end; jobs
    /// that still run return to the queue for another worker. If the database fails, the worker
    /// waits and retries.
    pub async fn run(&self, stopping: CancellationToken) {
        // The futures of the async closures that `Db::write` runs are not `Send`. A `LocalSet` runs
        // them on this thread.
        let ftp_file = Box::pin(async {
            if let Some(path) = &self.ftp_accounts {
                ftp_file::keep_up_to_date(FtpFile::new(path.clone()), &self.app, &stopping).await;
            }
        });
        LocalSet::new()
            .run_until(async { tokio::join!(self.work(stopping.clone()), ftp_file) })
            .await;
    }

    async fn work(&self, stopping: CancellationToken) {
        let mut running = RunningJobs {
            jobs: JoinSet::new(),
            queues: HashMap::new(),
            stopping: stopping.clone(),
            aborted: CancellationToken::new(),
            wait: POLL_INTERVAL,
            last_recurring: None,
        };
        tracing::info!("the worker has started");
        while !stopping.is_cancelled() {
            self.start_jobs(&mut running).await;
            tokio::select! {
                () = stopping.cancelled() => {}
                () = self.app.job_notify.notified() => {}
                () = tokio::time::sleep(running.wait) => {}
                Some(ended) = running.jobs.join_next_with_id() => running.remove(&ended),
            }
        }
        finish(running).await;
    }

    /// Runs all jobs that are due, one after the other, and returns their number. Failed jobs are
    /// retried only after their pause. Updates the file of FTP accounts, if there is one.
    pub async fn run_until_empty(&self) -> Outcome<usize> {
        let context = self.context(&CancellationToken::new(), &CancellationToken::new());
        let work = async {
            let mut count = 0;
            while let Some((row, lease)) = queue::claim(&self.app, KINDS).await? {
                attempt::perform(&context, row, &lease).await;
                count += 1;
            }
            if let Some(path) = &self.ftp_accounts
                && let Err(error) = FtpFile::new(path.clone()).update(&self.app).await
            {
                tracing::error!(%error, "the file of FTP accounts cannot be written");
            }
            Ok(count)
        };
        LocalSet::new().run_until(work).await
    }

    /// Removes rows that are no longer used, and returns their number.
    pub async fn remove_old_rows(&self) -> Outcome<u64> {
        housekeeping::remove_old_rows(&self.app).await
    }

    /// Claims and starts jobs while some are due and a queue has free capacity.
    async fn start_jobs(&self, running: &mut RunningJobs) {
        if running.last_recurring.is_none_or(|at| at.elapsed() >= RECURRING_INTERVAL) {
            running.last_recurring = Some(Instant::now());
            let app = self.app.clone();
            running.jobs.spawn_local(async move { run_recurring(&app).await });
        }
        while !running.stopping.is_cancelled() {
            let kinds = running.kinds_with_capacity();
            if kinds.is_empty() {
                return;
            }
            match queue::claim(&self.app, &kinds).await {
                Ok(Some((row, lease))) => {
                    let queue =
                        kinds.iter().find(|kind| kind.name == row.kind).map(|kind| kind.queue);
                    let context = self.context(&running.stopping, &running.aborted);
                    let task = running
                        .jobs
                        .spawn_local(async move { attempt::perform(&context, row, &lease).await });
                    running.queues.extend(queue.map(|queue| (task.id(), queue)));
                }
                Ok(None) => return running.reset_wait(),
                Err(error) => return running.wait_longer(&error),
            }
        }
    }

    fn context(&self, stopping: &CancellationToken, aborted: &CancellationToken) -> JobContext {
        JobContext {
            app: self.app.clone(),
            mailer: self.mailer.clone(),
            stopping: stopping.clone(),
            aborted: aborted.clone(),
            lease: Lease::default(),
        }
    }
}

impl RunningJobs {
    /// Returns the kinds whose queue has free capacity.
    fn kinds_with_capacity(&self) -> Vec<&'static KindRules> {
        let count =
            |queue: &Queue| self.queues.values().filter(|busy| busy.name == queue.name).count();
        KINDS.iter().copied().filter(|kind| count(kind.queue) < kind.queue.concurrency).collect()
    }

    fn remove(&mut self, ended: &Result<(tokio::task::Id, ()), JoinError>) {
        let id = ended.as_ref().map_or_else(JoinError::id, |(id, ())| *id);
        self.queues.remove(&id);
    }

    /// Logs the first of several failures, and doubles the pause before the next attempt.
    fn wait_longer(&mut self, error: &ServiceError) {
        if self.wait == POLL_INTERVAL {
            tracing::error!(%error, "the worker cannot claim jobs; retrying");
        }
        self.wait = (self.wait * 2).min(MAX_WAIT);
    }

    fn reset_wait(&mut self) {
        if self.wait != POLL_INTERVAL {
            tracing::info!("the worker can claim jobs again");
            self.wait = POLL_INTERVAL;
        }
    }
}

/// Enqueues recurring jobs and removes old rows when they are due. In each period, one worker does
/// this for all workers.
async fn run_recurring(app: &App) {
    if let Err(error) = schedules::enqueue_due(app, schedules::RECURRING).await {
        tracing::warn!(%error, "recurring jobs could not be enqueued");
    }
    if let Err(error) = housekeeping::remove_old_rows_when_due(app).await {
        tracing::warn!(%error, "old rows could not be removed");
    }
}

async fn finish(mut running: RunningJobs) {
    if !running.jobs.is_empty() {
        tracing::info!(jobs = running.jobs.len(), "the worker waits for its running jobs");
    }
    if tokio::time::timeout(STOP_GRACE, drain(&mut running.jobs)).await.is_err() {
        tracing::warn!(
            jobs = running.jobs.len(),
            "the worker returns unfinished jobs to the queue"
        );
        running.aborted.cancel();
        if tokio::time::timeout(STOP_GRACE / 4, drain(&mut running.jobs)).await.is_err() {
            tracing::warn!("jobs could not be returned to the queue; their leases will expire");
        }
    }
}

async fn drain(jobs: &mut JoinSet<()>) {
    while jobs.join_next().await.is_some() {}
}
