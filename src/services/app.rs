//! The state that every entry point receives.

use crate::forwarding::ProxyIssueTimes;
use crate::settings::{self, ProviderSettings};
use crate::{Command, Env, Origin, Outcome, View, machine};
use config::TrustedProxies;
use db::{Db, DbError, Reader, Transient, Tx};
use jiff::Timestamp;
use std::sync::Arc;
use telemetry::metrics::Metrics;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Shared state of the program: the database and the environment of the services. Cloning is cheap.
#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub env: Env,
    /// Proxies whose forwarding headers are trusted for the client's address.
    pub trusted_proxies: Arc<TrustedProxies>,
    /// Times at which this process last recorded each proxy issue.
    pub proxy_issue_times: Arc<ProxyIssueTimes>,
    /// Notified after each successful [`change`](Self::change), so that this process's worker looks
    /// for jobs before its next poll.
    pub job_notify: Arc<Notify>,
    /// Metrics of the HTTP requests to this process.
    pub metrics: Metrics,
    /// Cancelled when the program stops; no new work may begin afterwards.
    pub stopping: CancellationToken,
}

impl App {
    /// Returns the state of a program that runs on `db`.
    #[must_use]
    pub fn new(db: Db, env: Env, trusted_proxies: TrustedProxies) -> Self {
        Self {
            db,
            env,
            trusted_proxies: Arc::new(trusted_proxies),
            proxy_issue_times: Arc::default(),
            job_notify: Arc::default(),
            metrics: Metrics::default(),
            stopping: CancellationToken::new(),
        }
    }

    /// Returns whether a change would have to wait for another change of this process. Always false
    /// except on SQLite.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.db.is_busy()
    }

    pub async fn close(self) {
        self.db.close().await;
    }

    /// Runs `work` in one transaction, with the provider's settings as read inside it, and notifies
    /// the worker after the commit. `work` may run more than once (see [`Db::write`]).
    pub async fn change<T, E>(
        &self,
        origin: &Origin,
        work: impl AsyncFn(Command<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<DbError> + Transient,
    {
        let has_hooks = machine::hooks_dir_exists(&self.env).await;
        let outcome =
            self.db.write(async |tx: &Tx| self.run(tx, origin, has_hooks, &work).await).await;
        if outcome.is_ok() {
            self.job_notify.notify_one();
        }
        outcome
    }

    async fn run<T, E: From<DbError>>(
        &self,
        tx: &Tx,
        origin: &Origin,
        has_hooks: bool,
        work: &impl AsyncFn(Command<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let settings = settings::load(tx).await?;
        work(Command {
            tx,
            at: self.env.clock.now(),
            settings: &settings,
            env: &self.env,
            origin,
            has_hooks,
        })
        .await
    }

    /// Returns a database reader with the provider's settings, for reading services:
    /// `app.open_view().await?.view()`.
    pub async fn open_view(&self) -> Outcome<OwnedView> {
        OwnedView::open(self.db.reader(), self.env.clock.now()).await
    }
}

/// Owns the data that a [`View`] borrows.
pub struct OwnedView {
    on: Reader,
    pub settings: Arc<ProviderSettings>,
    at: Timestamp,
}

impl OwnedView {
    pub(crate) async fn open(on: Reader, at: Timestamp) -> Outcome<Self> {
        let settings = settings::recent(&on).await?;
        Ok(Self { on, settings, at })
    }

    /// Returns the view that reading services take.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View { on: &self.on, at: self.at, settings: &self.settings }
    }
}
