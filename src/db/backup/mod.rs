//! Backups: exports all rows of all tables from one database, and restores them into another. The
//! engines may differ.
//!
//! Temporary rows are left out: sessions, password reset links, imports with their files and
//! reports, counts of attempts, the networks and devices of sign-ins, results of submitted forms,
//! forms that were submitted after their session had ended, and current outages.

mod load;
mod rows;
mod tables;
mod value;

pub use load::{Restore, begin_restore};

use crate::{Db, DbError};
use domain::backup::Line;
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{
    DatabaseTransaction, DbBackend, IsolationLevel, TransactionOptions, TransactionTrait as _,
};

/// Passes the lines of a backup to `sink`. All of them come from one snapshot, so other processes
/// may write meanwhile.
pub async fn export(
    db: &Db,
    mut sink: impl FnMut(Line) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let snapshot = db.begin_snapshot().await?;
    for table in tables::all() {
        table.export(&snapshot, &mut sink).await?;
    }
    Ok(snapshot.commit().await?)
}

/// Returns the names of the schema's migrations, in their order.
#[must_use]
pub fn migration_names() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}

impl Db {
    /// Begins a transaction that reads one snapshot, whatever others write meanwhile.
    async fn begin_snapshot(&self) -> Result<DatabaseTransaction, DbError> {
        // SQLite has no isolation levels; each of its transactions reads one snapshot.
        let level = (self.pool.get_database_backend() != DbBackend::Sqlite)
            .then_some(IsolationLevel::RepeatableRead);
        let options =
            TransactionOptions { isolation_level: level, ..TransactionOptions::default() };
        Ok(self.pool.begin_with_options(options).await?)
    }

    /// Runs those of the first `count` migrations that have not run yet.
    pub async fn migrate_first(&self, count: usize) -> Result<(), DbError> {
        let pending = self.pending_migrations().await?;
        let applied = Migrator::migrations().len() - pending;
        let more = u32::try_from(count.saturating_sub(applied)).unwrap_or(u32::MAX);
        if more > 0 {
            Migrator::up(&self.pool, Some(more)).await?;
        }
        Ok(())
    }
}
