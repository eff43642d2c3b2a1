//! Migrates the schema. If several processes start at the same time, only one of them migrates.

use super::{Db, DbError};
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement, TransactionTrait as _,
};

/// Maximum wait for another process that migrates, in seconds.
const LOCK_WAIT: u32 = 3_600;

impl Db {
    /// Runs the pending migrations and returns their number. Migrations of a newer version, which
    /// this one does not know, stay applied.
    pub async fn migrate(&self) -> Result<usize, DbError> {
        let pending = self.pending_migrations().await?;
        if pending == 0 {
            return Ok(0);
        }
        let lock = self.begin().await?;
        if lock.get_database_backend() == DbBackend::Sqlite {
            // SQLite has one writer, so the transaction is the lock. All migrations run in it.
            Migrator::up(&lock, None).await?;
            lock.commit().await?;
            return Ok(pending);
        }
        acquire_lock(&lock).await?;
        let outcome = Migrator::up(&self.pool, None).await;
        release_lock(&lock).await?;
        lock.commit().await?;
        outcome?;
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

    /// Reverts all migrations and runs them again, for tests of migrations. This empties the
    /// database.
    pub async fn migrate_down_and_up(&self) -> Result<(), DbError> {
        // One connection runs both: on SQLite, another connection may see a dropped index for a
        // moment.
        let transaction = self.pool.begin().await?;
        Migrator::down(&transaction, None).await?;
        Migrator::up(&transaction, None).await?;
        Ok(transaction.commit().await?)
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
