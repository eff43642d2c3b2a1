//! Migrates the schema. If several processes start at the same time, only one of them migrates.

use super::{Db, DbError};
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};

/// Maximum wait for another process that migrates, in seconds.
const LOCK_WAIT: u32 = 3_600;

impl Db {
    /// Runs the pending migrations and returns their number, without those that another process ran
    /// in the meantime. Migrations of a newer version, which this one does not know, stay applied.
    pub async fn migrate(&self) -> Result<usize, DbError> {
        if self.pending_migrations().await? == 0 {
            return Ok(0);
        }
        let lock = self.begin().await?;
        if lock.get_database_backend() == DbBackend::Sqlite {
            // SQLite has one writer, so the transaction is the lock. All migrations run in it.
            let pending = Migrator::pending(&lock).await?.len();
            Migrator::up(&lock, None).await?;
            lock.commit().await?;
            return Ok(pending);
        }
        acquire_lock(&lock).await?;
        let outcome = self.run_pending_migrations().await;
        release_lock(&lock).await?;
        lock.commit().await?;
        outcome
    }

    /// Runs the pending migrations and returns their number. The caller holds the lock.
    async fn run_pending_migrations(&self) -> Result<usize, DbError> {
        let pending = self.pending_migrations().await?;
        Migrator::up(&self.pool, None).await?;
        Ok(pending)
    }

    /// Returns the number of pending migrations. Writes nothing.
    pub async fn pending_migrations(&self) -> Result<usize, DbError> {
        Ok(Migrator::pending(&self.pool).await?.len())
    }

    /// Returns whether no migration has run yet. Writes nothing.
    pub async fn is_new(&self) -> Result<bool, DbError> {
        Ok(self.pending_migrations().await? == Migrator::migrations().len())
    }
}

/// Waits until no other process migrates this database. The lock belongs to the transaction `lock`
/// on PostgreSQL, and to its connection on MySQL.
async fn acquire_lock(lock: &DatabaseTransaction) -> Result<(), DbErr> {
    if lock.get_database_backend() == DbBackend::Postgres {
        lock.execute_unprepared(&format!("SET LOCAL lock_timeout = '{LOCK_WAIT}s'; SET LOCAL idle_in_transaction_session_timeout = 0"))
            .await?;
        lock.execute_unprepared("SELECT pg_advisory_xact_lock(1129074245)").await?;
        return Ok(());
    }
    // `GET_LOCK` locks are shared by all databases of a server, so the name contains the database.
    let sql = format!("SELECT GET_LOCK(CONCAT('clientele:', MD5(DATABASE())), {LOCK_WAIT})");
    let row = lock.query_one_raw(Statement::from_string(DbBackend::MySql, sql)).await?;
    match row.map(|row| row.try_get_by_index::<Option<i64>>(0)).transpose()?.flatten() {
        Some(1) => Ok(()),
        _ => Err(DbErr::Custom(
            "another process has been migrating the schema for too long".to_owned(),
        )),
    }
}

async fn release_lock(lock: &DatabaseTransaction) -> Result<(), DbErr> {
    if lock.get_database_backend() == DbBackend::MySql {
        lock.execute_unprepared("DO RELEASE_LOCK(CONCAT('clientele:', MD5(DATABASE())))").await?;
    }
    Ok(())
}
