//! The worker: does what must happen after a commit.
//!
//! It claims a job by a lease, runs it, and notes how it ended: done, to be tried again after a
//! pause that grows, or given up for somebody to look at. Any number of workers share one database.
//! A job runs at least once, and every kind of job may run twice.

mod attempt;
mod context;
mod create_home;
mod customer_imports;
mod error;
mod ftp_file;
mod home_files;
mod mails;
mod measure_usage;
pub mod outward;
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

/// How often the worker looks for jobs that nobody rang for: those of other processes, and those
/// whose pause is over.
const POLL: Duration = Duration::from_secs(2);
/// How long jobs may go on once the worker is told to stop.
const GRACE: Duration = Duration::from_secs(20);
/// How often the worker looks whether something recurs.
const ROUND: Duration = Duration::from_secs(30);
/// Longest pause while the database does not answer.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Does jobs. Cloning is cheap.
#[derive(Clone)]
pub struct Worker {
    app: App,
    mailer: Arc<Mailer>,
    /// The kinds that it knows.
    kinds: &'static [&'static KindRules],
    ftp_accounts: Option<PathBuf>,
}

/// Jobs under way, and what tells them to stop.
struct Floor {
    jobs: JoinSet<()>,
    /// The queue that each belongs to.
    queues: HashMap<tokio::task::Id, &'static Queue>,
    stopping: CancellationToken,
    over: CancellationToken,
    wait: Duration,
    rounded: Option<Instant>,
}

impl Worker {
    /// A worker of this program.
    #[must_use]
    pub fn new(app: App, mailer: Mailer) -> Self {
        Self { app, mailer: Arc::new(mailer), kinds: KINDS, ftp_accounts: None }
    }

    /// The same, keeping a copy of a SQLite database's FTP accounts in this file.
    #[must_use]
    pub fn with_ftp_accounts(mut self, path: Option<PathBuf>) -> Self {
        self.ftp_accounts = path;
        self
    }

    /// Works until `stopping` is cancelled. What is under way then may take 20 seconds to end; the
    /// rest is handed back, to be done by the next worker. A database that fails makes it wait,
    /// never end.
    pub async fn run(&self, stopping: CancellationToken) {
        // Transactions are run again from where they began, so their futures stay on one thread.
        let ftp_file = Box::pin(async {
            if let Some(path) = &self.ftp_accounts {
                ftp_file::keep(FtpFile::new(path.clone()), &self.app, &stopping).await;
            }
        });
        LocalSet::new()
            .run_until(async { tokio::join!(self.work(stopping.clone()), ftp_file) })
            .await;
    }

    async fn work(&self, stopping: CancellationToken) {
        let mut floor = Floor {
            jobs: JoinSet::new(),
            queues: HashMap::new(),
            stopping: stopping.clone(),
            over: CancellationToken::new(),
            wait: POLL,
            rounded: None,
        };
        tracing::info!("the worker is at work");
        while !stopping.is_cancelled() {
            self.fill(&mut floor).await;
            tokio::select! {
                () = stopping.cancelled() => {}
                () = self.app.bell.notified() => {}
                () = tokio::time::sleep(floor.wait) => {}
                Some(ended) = floor.jobs.join_next_with_id() => floor.ended(&ended),
            }
        }
        finish(floor).await;
    }

    /// Runs what is due now, one job after the other, until nothing is; gives how many were run.
    /// Jobs that failed have their pause before them and are not run again.
    ///
    /// # Errors
    /// The database's.
    pub async fn run_until_empty(&self) -> Outcome<usize> {
        let context = self.context(&CancellationToken::new(), &CancellationToken::new());
        let all = async {
            let mut ran = 0;
            while let Some((row, lease)) = queue::claim(&self.app, self.kinds).await? {
                attempt::perform(&context, row, &lease).await;
                ran += 1;
            }
            if let Some(path) = &self.ftp_accounts
                && let Err(error) = FtpFile::new(path.clone()).update(&self.app).await
            {
                tracing::error!(%error, "the file of FTP accounts cannot be written");
            }
            Ok(ran)
        };
        LocalSet::new().run_until(all).await
    }

    /// Removes rows that nobody needs any more.
    ///
    /// # Errors
    /// The database's.
    pub async fn tidy(&self) -> Outcome<u64> {
        housekeeping::forget(&self.app).await
    }

    /// Begins jobs while there are some and hands are free.
    async fn fill(&self, floor: &mut Floor) {
        if floor.rounded.is_none_or(|at| at.elapsed() >= ROUND) {
            floor.rounded = Some(Instant::now());
            let app = self.app.clone();
            floor.jobs.spawn_local(async move { round(&app).await });
        }
        while !floor.stopping.is_cancelled() {
            let kinds = floor.free(self.kinds);
            if kinds.is_empty() {
                return;
            }
            match queue::claim(&self.app, &kinds).await {
                Ok(Some((row, lease))) => {
                    let queue =
                        kinds.iter().find(|kind| kind.name == row.kind).map(|kind| kind.queue);
                    let context = self.context(&floor.stopping, &floor.over);
                    let task = floor
                        .jobs
                        .spawn_local(async move { attempt::perform(&context, row, &lease).await });
                    floor.queues.extend(queue.map(|queue| (task.id(), queue)));
                }
                Ok(None) => return floor.recovered(),
                Err(error) => return floor.failed(&error),
            }
        }
    }

    fn context(&self, stopping: &CancellationToken, over: &CancellationToken) -> JobContext {
        JobContext {
            app: self.app.clone(),
            mailer: self.mailer.clone(),
            stopping: stopping.clone(),
            over: over.clone(),
            lease: Lease::default(),
        }
    }
}

impl Floor {
    /// Returns the kinds whose queue has concurrency left.
    fn free(&self, kinds: &[&'static KindRules]) -> Vec<&'static KindRules> {
        let running =
            |queue: &Queue| self.queues.values().filter(|busy| busy.name == queue.name).count();
        kinds.iter().copied().filter(|kind| running(kind.queue) < kind.queue.concurrency).collect()
    }

    fn ended(&mut self, ended: &Result<(tokio::task::Id, ()), JoinError>) {
        let id = ended.as_ref().map_or_else(JoinError::id, |(id, ())| *id);
        self.queues.remove(&id);
    }

    /// Says it once, and waits longer each time.
    fn failed(&mut self, error: &ServiceError) {
        if self.wait == POLL {
            tracing::error!(%error, "the worker cannot reach its jobs; it keeps trying");
        }
        self.wait = (self.wait * 2).min(LONGEST_WAIT);
    }

    fn recovered(&mut self) {
        if self.wait != POLL {
            tracing::info!("the worker reaches its jobs again");
            self.wait = POLL;
        }
    }
}

/// What recurs: of all workers, the first to ask does it.
async fn round(app: &App) {
    if let Err(error) = schedules::enqueue_due(app, schedules::RECURRING).await {
        tracing::warn!(%error, "what recurs could not be begun");
    }
    if let Err(error) = housekeeping::forget_when_due(app).await {
        tracing::warn!(%error, "old rows could not be removed");
    }
}

async fn finish(mut floor: Floor) {
    if !floor.jobs.is_empty() {
        tracing::info!(jobs = floor.jobs.len(), "the worker ends what is under way");
    }
    if tokio::time::timeout(GRACE, drain(&mut floor.jobs)).await.is_err() {
        tracing::warn!(jobs = floor.jobs.len(), "the worker hands back what does not end");
        floor.over.cancel();
        if tokio::time::timeout(GRACE / 4, drain(&mut floor.jobs)).await.is_err() {
            tracing::warn!("jobs could not be handed back; their leases will run out");
        }
    }
}

async fn drain(jobs: &mut JoinSet<()>) {
    while jobs.join_next().await.is_some() {}
}
