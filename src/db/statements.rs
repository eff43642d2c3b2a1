//! Statistics of the statements that a process runs.

use super::Db;
use sea_orm::{DatabaseConnection, DbBackend};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Numbers of all statements and of failed ones, and the total duration.
#[derive(Debug, Default)]
pub struct Statements {
    count: AtomicU64,
    failed: AtomicU64,
    nanoseconds: AtomicU64,
}

impl Statements {
    /// Starts counting the statements of these connections.
    pub(super) fn count_on(pool: &mut DatabaseConnection) -> Arc<Self> {
        let statements = Arc::new(Self::default());
        let counting = statements.clone();
        pool.set_metric_callback(move |info| {
            // The values are left out because they may be secrets.
            tracing::trace!(sql = info.statement.sql, elapsed = ?info.elapsed, failed = info.failed, "statement");
            counting.record(info.elapsed, info.failed);
        });
        statements
    }

    #[must_use]
    pub fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// Returns the number of failed statements.
    #[must_use]
    pub fn failed(&self) -> u64 {
        self.failed.load(Ordering::Relaxed)
    }

    /// Returns the total duration of all statements.
    #[must_use]
    pub fn total_duration(&self) -> Duration {
        Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed))
    }

    fn record(&self, elapsed: Duration, failed: bool) {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.failed.fetch_add(u64::from(failed), Ordering::Relaxed);
        self.nanoseconds
            .fetch_add(u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

impl Db {
    /// Returns the number of open connections, and how many of them are idle.
    #[must_use]
    pub fn connections(&self) -> (u32, u32) {
        let (open, idle) = match self.pool.get_database_backend() {
            DbBackend::Sqlite => size(self.pool.get_sqlite_connection_pool()),
            DbBackend::Postgres => size(self.pool.get_postgres_connection_pool()),
            DbBackend::MySql => size(self.pool.get_mysql_connection_pool()),
            _ => (0, 0),
        };
        (open, u32::try_from(idle).unwrap_or(open))
    }
}

fn size<D: sea_orm::sqlx::Database>(pool: &sea_orm::sqlx::Pool<D>) -> (u32, usize) {
    (pool.size(), pool.num_idle())
}
