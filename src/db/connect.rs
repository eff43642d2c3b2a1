//! Opens the database and runs transactions.

use super::cache::Caches;
use super::error::{DbError, Transient};
use super::mysql_tls;
use super::reader::{Inner, Reader, Tx};
use super::statements::Statements;
use sea_orm::sqlx::{Executor as _, pool::PoolOptions};
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DatabaseTransaction,
    DbBackend, SqliteTransactionMode, TransactionOptions, TransactionTrait as _,
};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, OnceCell};

/// The database of one installation. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Db {
    pub(super) pool: DatabaseConnection,
    /// SQLite has one writer. Writers of this process queue at this mutex, in order, instead of
    /// racing for the file lock.
    write_lock: Option<Arc<Mutex<()>>>,
    statements: Arc<Statements>,
    caches: Arc<Caches>,
    /// Whether the engine supports `SKIP LOCKED`. The server is queried once.
    skips_locked: Arc<OnceCell<bool>>,
}

/// The maximum number of attempts at a transaction that conflicts with others.
const ATTEMPTS: u32 = 8;

/// Settings of each PostgreSQL connection. READ COMMITTED is enough on every engine: limits and
/// counters change by conditional updates, names are unique by constraint, and edits compare the
/// version that they saw. A higher level would make more transactions fail with serialization
/// failures. The timeout bounds the wait for a lock.
const POSTGRES: [&str; 1] =
    ["SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED; \
     SET lock_timeout = '15s'; SET client_min_messages = warning"];

/// Settings of each MySQL connection. At REPEATABLE READ, a transaction would read from its
/// snapshot and miss the row whose lock it has just waited for. Strict mode is set whatever the
/// server's default is: a value that does not fit is an error and is not truncated.
const MYSQL: [&str; 3] = [
    "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY,PIPES_AS_CONCAT'",
    "SET SESSION innodb_lock_wait_timeout = 15",
];

fn on_connect<D>(pool: PoolOptions<D>, statements: &'static [&'static str]) -> PoolOptions<D>
where
    D: sea_orm::sqlx::Database,
    for<'c> &'c mut D::Connection: sea_orm::sqlx::Executor<'c, Database = D>,
{
    pool.after_connect(move |connection, _| {
        Box::pin(async move {
            for statement in statements {
                connection.execute(*statement).await?;
            }
            Ok(())
        })
    })
}

fn configure_sqlite(options: &mut ConnectOptions) {
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

impl Db {
    /// Opens the database at `url` (`sqlite://`, `postgres://`, `mysql://`). A missing SQLite file
    /// is created.
    pub async fn connect(url: &str) -> Result<Self, DbError> {
        let mut options = ConnectOptions::new(mysql_tls::with_ssl_mode(url));
        options
            .max_connections(if url.contains(":memory:") { 1 } else { 8 })
            .acquire_timeout(Duration::from_secs(30))
            .sqlx_logging(false)
            .test_before_acquire_if_idle_for(Duration::from_secs(30));
        let is_sqlite = url.starts_with("sqlite:");
        if is_sqlite {
            configure_sqlite(&mut options);
        } else {
            options.map_sqlx_postgres_pool_opts(|pool| on_connect(pool, &POSTGRES));
            options.map_sqlx_mysql_pool_opts(|pool| on_connect(pool, &MYSQL));
        }
        let mut pool = Database::connect(options).await?;
        let statements = Statements::count_on(&mut pool);
        Ok(Self {
            pool,
            write_lock: is_sqlite.then(Arc::default),
            statements,
            caches: Arc::default(),
            skips_locked: Arc::default(),
        })
    }

    /// Returns the statistics of the statements that this process ran.
    #[must_use]
    pub fn statements(&self) -> &Statements {
        &self.statements
    }

    /// Returns a reader outside any transaction.
    #[must_use]
    pub fn reader(&self) -> Reader {
        Reader(Inner::Pool(self.pool.clone(), self.caches.clone()))
    }

    /// Returns whether the engine supports `FOR UPDATE SKIP LOCKED`.
    pub async fn skips_locked(&self) -> Result<bool, DbError> {
        let reader = self.reader();
        Ok(*self
            .skips_locked
            .get_or_try_init(|| super::jobs::supports_skip_locked(&reader))
            .await?)
    }

    /// Returns whether a writing transaction would have to wait for another one of this process.
    /// Always false except on SQLite.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.write_lock.as_ref().is_some_and(|lock| lock.try_lock().is_err())
    }

    /// Runs `work` in one transaction and commits it if `work` succeeds. If the transaction loses
    /// to another one (deadlock, serialization failure, lock timeout), `work` runs again from the
    /// start, up to eight times in total. It must therefore change nothing but the database.
    ///
    /// Afterwards, the cached reads of [`Reader::recent`] are discarded.
    pub async fn write<T, E>(&self, work: impl AsyncFn(&Tx) -> Result<T, E>) -> Result<T, E>
    where
        E: From<DbError> + Transient,
    {
        let outcome = self.write_keeping_cache(work).await;
        // A failed write discards them too: the connection may have been lost after the commit.
        self.caches.discard_recent();
        outcome
    }

    /// Runs `work` like [`write`](Self::write), but keeps the cached reads of [`Reader::recent`].
    /// For writes that no cached read depends on: sessions, counts of attempts, last uses of API
    /// keys, the progress of imports, and issues of proxies.
    pub async fn write_keeping_cache<T, E>(
        &self,
        work: impl AsyncFn(&Tx) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<DbError> + Transient,
    {
        let mut attempt = 0;
        loop {
            let outcome = self.write_once(&work).await;
            match outcome {
                Err(error) if error.is_transient() && attempt + 1 < ATTEMPTS => {
                    attempt += 1;
                    tracing::debug!(attempt, "conflict with another transaction; retrying");
                    tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
                }
                outcome => return outcome,
            }
        }
    }

    async fn write_once<T, E: From<DbError>>(
        &self,
        work: &impl AsyncFn(&Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let _guard = match &self.write_lock {
            Some(lock) => Some(lock.lock().await),
            None => None,
        };
        let transaction = self.begin().await?;
        let tx = Tx(Reader(Inner::Transaction(transaction)));
        let outcome = work(&tx).await;
        let Tx(Reader(Inner::Transaction(transaction))) = tx else { return outcome };
        match outcome {
            Ok(value) => {
                transaction.commit().await.map_err(DbError::from)?;
                Ok(value)
            }
            Err(error) => {
                // Dropping the transaction would leave the rollback to the pool, which runs it
                // later. An immediate rollback frees the lock of SQLite's only writer.
                if let Err(undo) = transaction.rollback().await {
                    tracing::warn!(error = %undo, "could not roll back a failed transaction");
                }
                Err(error)
            }
        }
    }

    /// Updates the statistics of PostgreSQL's query planner after a bulk load. Autovacuum would do
    /// so only a minute later. Does nothing on other engines.
    pub async fn update_statistics(&self) -> Result<(), DbError> {
        if self.pool.get_database_backend() == DbBackend::Postgres {
            self.pool.execute_unprepared("VACUUM (ANALYZE)").await?;
        }
        Ok(())
    }

    /// Begins a writing transaction.
    pub(super) async fn begin(&self) -> Result<DatabaseTransaction, DbError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.pool.begin_with_options(options).await?)
    }

    pub async fn close(self) {
        if let Err(error) = self.pool.close().await {
            tracing::warn!(%error, "the database did not close cleanly");
        }
    }
}
