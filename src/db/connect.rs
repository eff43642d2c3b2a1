//! Opening the database, bringing its schema up to date, and the one way to write.

use super::error::{DbError, Transient};
use super::{Inner, Reader, Tx};
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, SqliteTransactionMode, TransactionOptions, TransactionTrait as _};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// The database of one installation. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Db {
    pool: DatabaseConnection,
    /// SQLite has one writer: in this process writers queue here, in order, instead of racing for its lock.
    gate: Option<Arc<Mutex<()>>>,
}

/// A transaction that is undone whatever came of it.
enum Trial<T, E> {
    Would(T),
    Failed(E),
}

impl<T, E: From<DbError>> From<DbError> for Trial<T, E> {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}

impl<T, E: Transient> Transient for Trial<T, E> {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Failed(error) if error.is_transient())
    }
}

/// How often a transaction that lost to another is run again.
const ATTEMPTS: u32 = 8;

impl Db {
    /// Opens the database at `url` (`sqlite://`, `postgres://`, `mysql://`); a SQLite file is made where it is missing.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn connect(url: &str) -> Result<Self, DbError> {
        let mut options = ConnectOptions::new(url);
        let sqlite = url.starts_with("sqlite:");
        options
            .max_connections(if url.contains(":memory:") { 1 } else { 8 })
            .acquire_timeout(Duration::from_secs(30))
            .sqlx_logging(false)
            .test_before_acquire_if_idle_for(Duration::from_secs(30));
        if sqlite {
            options.map_sqlx_sqlite_opts(|options| {
                options
                    .create_if_missing(true)
                    .foreign_keys(true)
                    .busy_timeout(Duration::from_secs(15))
                    .journal_mode(sea_orm::sqlx::sqlite::SqliteJournalMode::Wal)
                    .synchronous(sea_orm::sqlx::sqlite::SqliteSynchronous::Normal)
                    .pragma("cache_size", "-4096")
                    .pragma("temp_store", "memory")
                    .statement_cache_capacity(256)
            });
        }
        let pool = Database::connect(options).await?;
        Ok(Self { pool, gate: sqlite.then(Arc::default) })
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn migrate(&self) -> Result<(), DbError> {
        Ok(Migrator::up(&self.pool, None).await?)
    }

    /// How many steps of the schema are still to be taken.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn pending_migrations(&self) -> Result<usize, DbError> {
        Ok(Migrator::get_pending_migrations(&self.pool).await?.len())
    }

    /// Takes every step of the schema back, then all of them again. For tests of the steps; it empties the database.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn migrate_down_and_up(&self) -> Result<(), DbError> {
        // On one connection: SQLite lets another one believe for a moment that an index is there which was dropped.
        let transaction = self.pool.begin().await?;
        Migrator::down(&transaction, None).await?;
        Migrator::up(&transaction, None).await?;
        Ok(transaction.commit().await?)
    }

    /// Something to read from, outside any transaction.
    #[must_use]
    pub fn reader(&self) -> Reader {
        Reader(Inner::Pool(self.pool.clone()))
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), DbError> {
        Ok(self.pool.ping().await?)
    }

    /// Runs `work` in one transaction and commits it if it succeeds. Where the database let another transaction win
    /// (a deadlock, a serialization failure, a lock not had in time), `work` is run again from the start, so it must
    /// not change anything but the database.
    ///
    /// # Errors
    /// Those of `work`, and the database's own.
    pub async fn write<T, E>(&self, work: impl AsyncFn(&Tx) -> Result<T, E>) -> Result<T, E>
    where
        E: From<DbError> + Transient,
    {
        let mut attempt = 0;
        loop {
            let outcome = self.write_once(&work).await;
            match outcome {
                Err(error) if error.is_transient() && attempt + 1 < ATTEMPTS => {
                    attempt += 1;
                    tracing::debug!(attempt, "transaction lost to another one, running it again");
                    tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
                }
                outcome => return outcome,
            }
        }
    }

    /// Runs `work` as [`write`](Self::write) does and then undoes all of it: what it gives is what would have been.
    ///
    /// # Errors
    /// Those of `work`, and the database's own.
    pub async fn trial<T, E>(&self, work: impl AsyncFn(&Tx) -> Result<T, E>) -> Result<T, E>
    where
        E: From<DbError> + Transient,
    {
        let undone = async |tx: &Tx| -> Result<std::convert::Infallible, Trial<T, E>> {
            Err(match work(tx).await {
                Ok(value) => Trial::Would(value),
                Err(error) => Trial::Failed(error),
            })
        };
        match self.write(undone).await {
            Ok(never) => match never {},
            Err(Trial::Would(value)) => Ok(value),
            Err(Trial::Failed(error)) => Err(error),
        }
    }

    async fn write_once<T, E: From<DbError>>(&self, work: &impl AsyncFn(&Tx) -> Result<T, E>) -> Result<T, E> {
        let _turn = match &self.gate {
            Some(gate) => Some(gate.lock().await),
            None => None,
        };
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        let transaction = self.pool.begin_with_options(options).await.map_err(DbError::from)?;
        let tx = Tx(Reader(Inner::Transaction(transaction)));
        let outcome = work(&tx).await;
        let Tx(Reader(Inner::Transaction(transaction))) = tx else { return outcome };
        match outcome {
            Ok(value) => {
                transaction.commit().await.map_err(DbError::from)?;
                Ok(value)
            }
            Err(error) => {
                // The pool would undo it later; doing it now frees the writer's place at once.
                if let Err(undo) = transaction.rollback().await {
                    tracing::warn!(error = %undo, "a failed transaction could not be undone at once");
                }
                Err(error)
            }
        }
    }

    /// Closes the pool.
    pub async fn close(self) {
        if let Err(error) = self.pool.close().await {
            tracing::warn!(%error, "the database did not close cleanly");
        }
    }
}
