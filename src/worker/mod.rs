//! The worker: does what must happen after a commit.
//!
//! It claims a job by a lease, runs it, and notes how it ended: done, to be tried again after a pause that grows, or given
//! up for somebody to look at. Any number of workers share one database. A job runs at least once, and every kind of job
//! may run twice.

mod attempt;
mod create_home;
pub mod homes;
mod housekeeping;
mod job;
mod letters;
mod recurring;
mod remove_home;
mod send_new_password;
mod send_password_changed;
mod send_password_reset;
mod send_welcome;
#[cfg(test)]
mod tests;

pub use job::JobError;

use crate::app::App;
use crate::db::jobs::JobRow;
use crate::db::{self, DbError, Tx};
use crate::domain::chance::hex_token;
use crate::mail::Mailer;
use attempt::{Bench, LEASE, later};
use jiff::SignedDuration;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{JoinSet, LocalSet};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How many jobs run at once: enough that a slow mail server does not keep homes from being made.
const SLOTS: usize = 4;
/// How often the worker looks for jobs that nobody rang for: those of other processes, and those whose pause is over.
const POLL: Duration = Duration::from_secs(2);
/// How long jobs may go on once the worker is told to stop.
const GRACE: Duration = Duration::from_secs(20);
/// How often the worker looks whether something recurs.
const ROUND: Duration = Duration::from_secs(30);
/// How often old rows are removed.
const TIDY: SignedDuration = SignedDuration::from_mins(10);
/// Longest pause while the database does not answer.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Does jobs. Cloning is cheap.
#[derive(Clone)]
pub struct Worker {
    app: App,
    mailer: Arc<Mailer>,
}

/// Jobs under way, and what tells them to stop.
struct Floor {
    jobs: JoinSet<()>,
    stopping: CancellationToken,
    over: CancellationToken,
    wait: Duration,
    rounded: Option<Instant>,
}

impl Worker {
    /// A worker of this program.
    #[must_use]
    pub fn new(app: App, mailer: Mailer) -> Self {
        Self { app, mailer: Arc::new(mailer) }
    }

    /// Works until `stopping` is cancelled. What is under way then may take 20 seconds to end; the rest is handed back, to
    /// be done by the next worker. A database that fails makes it wait, never end.
    pub async fn run(&self, stopping: CancellationToken) {
        // Transactions are run again from where they began, so their futures stay on one thread.
        LocalSet::new().run_until(self.work(stopping)).await;
    }

    async fn work(&self, stopping: CancellationToken) {
        let mut floor =
            Floor { jobs: JoinSet::new(), stopping: stopping.clone(), over: CancellationToken::new(), wait: POLL, rounded: None };
        tracing::info!("the worker is at work");
        while !stopping.is_cancelled() {
            self.fill(&mut floor).await;
            tokio::select! {
                () = stopping.cancelled() => {}
                () = self.app.bell.notified() => {}
                () = tokio::time::sleep(floor.wait) => {}
                Some(_) = floor.jobs.join_next() => {}
            }
        }
        finish(floor).await;
    }

    /// Runs what is due now, one job after the other, until nothing is; gives how many were run. Jobs that failed have their
    /// pause before them and are not run again.
    ///
    /// # Errors
    /// The database's.
    pub async fn run_until_empty(&self) -> Result<usize, DbError> {
        let bench = self.bench(&CancellationToken::new(), &CancellationToken::new());
        let all = async {
            let mut ran = 0;
            while let Some((row, lease)) = self.claim().await? {
                attempt::perform(&bench, row, &lease).await;
                ran += 1;
            }
            Ok(ran)
        };
        LocalSet::new().run_until(all).await
    }

    /// Removes rows that nobody needs any more.
    ///
    /// # Errors
    /// The database's.
    pub async fn tidy(&self) -> Result<u64, DbError> {
        housekeeping::tidy(&self.app).await
    }

    /// Begins jobs while there are some and hands are free.
    async fn fill(&self, floor: &mut Floor) {
        if floor.rounded.is_none_or(|at| at.elapsed() >= ROUND) {
            floor.rounded = Some(Instant::now());
            let app = self.app.clone();
            floor.jobs.spawn_local(async move { round(&app).await });
        }
        while floor.jobs.len() < SLOTS && !floor.stopping.is_cancelled() {
            match self.claim().await {
                Ok(Some((row, lease))) => {
                    let bench = self.bench(&floor.stopping, &floor.over);
                    floor.jobs.spawn_local(async move { attempt::perform(&bench, row, &lease).await });
                }
                Ok(None) => return floor.recovered(),
                Err(error) => return floor.failed(&error),
            }
        }
    }

    async fn claim(&self) -> Result<Option<(JobRow, String)>, DbError> {
        let now = self.app.env.clock.now();
        if !db::jobs::any_due(&self.app.db.reader(), now).await? {
            return Ok(None);
        }
        let lease = hex_token(self.app.env.chance.as_ref(), 16);
        let row = self.app.db.write(async |tx: &Tx| db::jobs::claim(tx, &lease, now, later(now, LEASE)).await).await?;
        Ok(row.map(|row| (row, lease)))
    }

    fn bench(&self, stopping: &CancellationToken, over: &CancellationToken) -> Bench {
        Bench { app: self.app.clone(), mailer: self.mailer.clone(), stopping: stopping.clone(), over: over.clone() }
    }
}

impl Floor {
    /// Says it once, and waits longer each time.
    fn failed(&mut self, error: &DbError) {
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
    if let Err(error) = recurring::enqueue_due(app, recurring::RECURRING).await {
        tracing::warn!(%error, "what recurs could not be begun");
    }
    let tidied = async {
        if recurring::is_first(app, "tidy", TIDY).await? {
            housekeeping::tidy(app).await?;
        }
        Ok::<_, DbError>(())
    };
    if let Err(error) = tidied.await {
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
