//! The worker: does what must happen after a commit.
//!
//! It claims a job by a lease, runs it, and notes how it ended: done, to be tried again after a
//! pause that grows, or given up for somebody to look at. Any number of workers share one database.
//! A job runs at least once, and every kind of job may run twice.

mod attempt;
mod context;
mod create_home;
mod customer_imports;
mod drop_mysql_databases;
mod error;
mod ftp_file;
mod home_files;
pub mod homes;
mod housekeeping;
mod mails;
mod measure_usage;
mod outage;
pub mod outward;
mod recurring;
mod remove_home;
mod run;
mod set_home_quota;
mod sync_mysql_account;
mod sync_mysql_server;
#[cfg(test)]
mod tests;

pub use error::JobError;

use attempt::LEASE;
use context::{JobContext, Lease, later};
use db::jobs::{Ask, JobRow, Kind, Lane};
use db::{DbError, Tx};
use domain::chance::hex_token;
use ftp_file::FtpFile;
use jiff::SignedDuration;
use mail::Mailer;
use services::app::App;
use services::jobs::kinds::KINDS;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OnceCell;
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
/// How often old rows are removed.
const TIDY: SignedDuration = SignedDuration::from_mins(10);
/// Longest pause while the database does not answer.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Does jobs. Cloning is cheap.
#[derive(Clone)]
pub struct Worker {
    app: App,
    mailer: Arc<Mailer>,
    /// The kinds that it knows.
    kinds: &'static [&'static Kind],
    skip_locked: Arc<OnceCell<bool>>,
    ftp_accounts: Option<PathBuf>,
}

/// Jobs under way, and what tells them to stop.
struct Floor {
    jobs: JoinSet<()>,
    /// Whose hands they take.
    lanes: HashMap<tokio::task::Id, &'static Lane>,
    stopping: CancellationToken,
    over: CancellationToken,
    wait: Duration,
    rounded: Option<Instant>,
}

impl Worker {
    /// A worker of this program.
    #[must_use]
    pub fn new(app: App, mailer: Mailer) -> Self {
        Self {
            app,
            mailer: Arc::new(mailer),
            kinds: KINDS,
            skip_locked: Arc::default(),
            ftp_accounts: None,
        }
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
                FtpFile::new(path.clone()).run(self.app.clone(), stopping.clone()).await;
            }
        });
        LocalSet::new()
            .run_until(async { tokio::join!(self.work(stopping.clone()), ftp_file) })
            .await;
    }

    async fn work(&self, stopping: CancellationToken) {
        let mut floor = Floor {
            jobs: JoinSet::new(),
            lanes: HashMap::new(),
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
    pub async fn run_until_empty(&self) -> Result<usize, DbError> {
        let context = self.context(&CancellationToken::new(), &CancellationToken::new());
        let all = async {
            let mut ran = 0;
            while let Some((row, lease)) = self.claim(self.kinds).await? {
                attempt::perform(&context, row, &lease).await;
                ran += 1;
            }
            if let Some(path) = &self.ftp_accounts
                && let Err(error) = FtpFile::new(path.clone()).keep(&self.app).await
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
        while !floor.stopping.is_cancelled() {
            let kinds = floor.free(self.kinds);
            if kinds.is_empty() {
                return;
            }
            match self.claim(&kinds).await {
                Ok(Some((row, lease))) => {
                    let lane =
                        kinds.iter().find(|kind| kind.name == row.kind).map(|kind| kind.lane);
                    let context = self.context(&floor.stopping, &floor.over);
                    let task = floor
                        .jobs
                        .spawn_local(async move { attempt::perform(&context, row, &lease).await });
                    floor.lanes.extend(lane.map(|lane| (task.id(), lane)));
                }
                Ok(None) => return floor.recovered(),
                Err(error) => return floor.failed(&error),
            }
        }
    }

    async fn claim(&self, kinds: &[&'static Kind]) -> Result<Option<(JobRow, String)>, DbError> {
        let now = self.app.env.clock.now();
        let reader = self.app.db.reader();
        let skip_locked =
            *self.skip_locked.get_or_try_init(|| db::jobs::skips_locked(&reader)).await?;
        let ask = Ask { kinds, now, skip_locked };
        if !db::jobs::any_due(&reader, ask).await? {
            return Ok(None);
        }
        let lease = hex_token(self.app.env.chance.as_ref(), 16);
        let row = self
            .app
            .db
            .write(async |tx: &Tx| db::jobs::claim(tx, ask, &lease, later(now, LEASE)).await)
            .await?;
        Ok(row.map(|row| (row, lease)))
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
    /// Kinds for which a hand is free: a lane that is busy keeps no other waiting.
    fn free(&self, kinds: &[&'static Kind]) -> Vec<&'static Kind> {
        let busy =
            |lane: &Lane| self.lanes.values().filter(|taken| taken.name == lane.name).count();
        kinds.iter().copied().filter(|kind| busy(kind.lane) < kind.lane.hands).collect()
    }

    fn ended(&mut self, ended: &Result<(tokio::task::Id, ()), JoinError>) {
        let id = ended.as_ref().map_or_else(JoinError::id, |(id, ())| *id);
        self.lanes.remove(&id);
    }

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
