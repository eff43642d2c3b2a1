//! What every entry point is given.

use crate::customers::LargeCounts;
use crate::forwarding::Forwarding;
use crate::settings::{self, ProviderSettings};
use crate::{Command, Env, Origin, Outcome, View, machine};
use config::TrustedProxies;
use db::{Db, DbError, Reader, Transient, Tx};
use jiff::Timestamp;
use std::sync::Arc;
use telemetry::metrics::Metrics;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// The program: its database and what it works with. Cloning is cheap.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// Clock, chance, hashing, sealing.
    pub env: Env,
    /// Proxies whose word on a client's address is taken.
    pub trusted_proxies: Arc<TrustedProxies>,
    /// What was noted about proxies.
    pub forwarding: Arc<Forwarding>,
    /// Rung when a job was written in this process, so that its worker need not wait for its next
    /// look.
    pub bell: Arc<Notify>,
    /// How many customers are in a state, where counting them takes long.
    pub counts: Arc<LargeCounts>,
    /// What this process answered.
    pub metrics: Metrics,
    /// The program ends: nothing new is to be begun.
    pub stopping: CancellationToken,
}

impl App {
    /// The program on a database.
    #[must_use]
    pub fn new(db: Db, env: Env, trusted_proxies: TrustedProxies) -> Self {
        Self {
            db,
            env,
            trusted_proxies: Arc::new(trusted_proxies),
            forwarding: Arc::default(),
            bell: Arc::default(),
            counts: Arc::default(),
            metrics: Metrics::default(),
            stopping: CancellationToken::new(),
        }
    }

    /// Whether a change would have to wait for another one of this process.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.db.is_busy()
    }

    /// Closes the database.
    pub async fn close(self) {
        self.db.close().await;
    }

    /// Runs a change: one transaction, with the provider's settings as they are inside it. `work`
    /// may run more than once (see [`Db::write`]).
    ///
    /// # Errors
    /// Those of `work`.
    pub async fn change<T, E>(
        &self,
        origin: &Origin,
        work: impl AsyncFn(Command<'_>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<DbError> + Transient,
    {
        let has_hooks = machine::has_hooks(&self.env).await;
        let outcome =
            self.db.write(async |tx: &Tx| self.run(tx, origin, has_hooks, &work).await).await;
        if outcome.is_ok() {
            self.bell.notify_one();
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

    /// Something to read from, with the provider's settings: `app.look().await?.view()`.
    ///
    /// # Errors
    /// The database's.
    pub async fn look(&self) -> Outcome<Look> {
        Look::on(self.db.reader(), self.env.clock.now()).await
    }
}

/// What a [`View`] looks at.
pub struct Look {
    on: Reader,
    /// The provider's settings.
    pub settings: Arc<ProviderSettings>,
    at: Timestamp,
}

impl Look {
    pub(crate) async fn on(on: Reader, at: Timestamp) -> Outcome<Self> {
        let settings = settings::recent(&on).await?;
        Ok(Self { on, settings, at })
    }

    /// The view for reading services.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View { on: &self.on, at: self.at, settings: &self.settings }
    }
}
