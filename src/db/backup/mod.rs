//! All rows of all tables, out of one database and into another, whatever engines they are.
//!
//! What lasts for hours at most stays behind: sessions, links for lost passwords, files that wait
//! to be imported, counts of tries, sent forms, and what cannot be reached at the moment.

mod load;
mod rows;
mod tables;
mod unload;
mod value;

pub use load::{Loading, load};
pub use unload::unload;

use crate::{Db, DbError};
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{
    DatabaseTransaction, DbBackend, IsolationLevel, TransactionOptions, TransactionTrait as _,
};

/// Names of the steps of the schema, in their order.
#[must_use]
pub fn steps() -> Vec<String> {
    Migrator::migrations().iter().map(|step| step.name().to_owned()).collect()
}

impl Db {
    /// A transaction that sees one moment, whoever writes meanwhile.
    async fn moment(&self) -> Result<DatabaseTransaction, DbError> {
        // SQLite knows no levels: each of its transactions sees one moment.
        let level = (self.pool.get_database_backend() != DbBackend::Sqlite)
            .then_some(IsolationLevel::RepeatableRead);
        let options =
            TransactionOptions { isolation_level: level, ..TransactionOptions::default() };
        Ok(self.pool.begin_with_options(options).await?)
    }

    /// Brings a new schema to the first `steps` of its steps.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn migrate_to(&self, steps: usize) -> Result<(), DbError> {
        let pending = self.pending_migrations().await?;
        let taken = Migrator::migrations().len() - pending;
        let more = u32::try_from(steps.saturating_sub(taken)).unwrap_or(u32::MAX);
        if more > 0 {
            Migrator::up(&self.pool, Some(more)).await?;
        }
        Ok(())
    }
}
