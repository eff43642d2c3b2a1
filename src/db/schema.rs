//! Bringing the schema up to date, by one process at a time, whoever else starts at the same
//! moment.

use super::{Db, DbError};
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement, TransactionTrait as _,
};

/// So long a process waits while another one takes steps, in seconds.
const PATIENCE: u32 = 3_600;

impl Db {
    /// Brings the schema up to date. Steps that a newer program took before, which this one does
    /// not know, stay.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn migrate(&self) -> Result<(), DbError> {
        if self.pending_migrations().await? == 0 {
            return Ok(());
        }
        let turn = self.begin().await?;
        if turn.get_database_backend() == DbBackend::Sqlite {
            // The transaction is the lock: there is one writer. All steps are one.
            Migrator::up(&turn, None).await?;
            return Ok(turn.commit().await?);
        }
        take_turn(&turn).await?;
        let outcome = Migrator::up(&self.pool, None).await;
        end_turn(&turn).await?;
        turn.commit().await?;
        Ok(outcome?)
    }

    /// How many steps of the schema are still to be taken. Nothing is written.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn pending_migrations(&self) -> Result<usize, DbError> {
        Ok(Migrator::pending(&self.pool).await?.len())
    }

    /// Whether no step was taken yet. Nothing is written.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_new(&self) -> Result<bool, DbError> {
        Ok(self.pending_migrations().await? == Migrator::migrations().len())
    }

    /// Takes every step of the schema back, then all of them again. For tests of the steps; it
    /// empties the database.
    ///
    /// # Errors
    /// When a step fails.
    pub async fn migrate_down_and_up(&self) -> Result<(), DbError> {
        // On one connection: SQLite lets another one believe for a moment that an index is there
        // which was dropped.
        let transaction = self.pool.begin().await?;
        Migrator::down(&transaction, None).await?;
        Migrator::up(&transaction, None).await?;
        Ok(transaction.commit().await?)
    }
}

/// Waits until no other process takes steps on this database. The lock is the connection's that
/// `turn` keeps, or its own.
async fn take_turn(turn: &DatabaseTransaction) -> Result<(), DbErr> {
    if turn.get_database_backend() == DbBackend::Postgres {
        turn.execute_unprepared(&format!("SET LOCAL lock_timeout = '{PATIENCE}s'; SET LOCAL idle_in_transaction_session_timeout = 0"))
            .await?;
        turn.execute_unprepared("SELECT pg_advisory_xact_lock(1129074245)").await?;
        return Ok(());
    }
    // Such a lock is the whole server's.
    let sql = format!("SELECT GET_LOCK(CONCAT('clientele:', MD5(DATABASE())), {PATIENCE})");
    let row = turn.query_one_raw(Statement::from_string(DbBackend::MySql, sql)).await?;
    match row.map(|row| row.try_get_by_index::<Option<i64>>(0)).transpose()?.flatten() {
        Some(1) => Ok(()),
        _ => Err(DbErr::Custom(
            "another process has been bringing the schema up to date for too long".to_owned(),
        )),
    }
}

async fn end_turn(turn: &DatabaseTransaction) -> Result<(), DbErr> {
    if turn.get_database_backend() == DbBackend::MySql {
        turn.execute_unprepared("DO RELEASE_LOCK(CONCAT('clientele:', MD5(DATABASE())))").await?;
    }
    Ok(())
}
