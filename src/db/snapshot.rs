//! Runs statements that read the same snapshot.

use super::DbError;
use super::reader::{Inner, Reader};
use sea_orm::{
    AccessMode, DbBackend, IsolationLevel, SqliteTransactionMode, TransactionOptions,
    TransactionTrait as _,
};

impl Reader {
    /// Runs `work` so that all of its statements read the same snapshot, if `needed`. A caller with
    /// a single statement passes `false` and thus needs no transaction. Inside a snapshot or a
    /// [`Tx`](super::Tx), `work` runs in that transaction.
    pub async fn snapshot<T, E: From<DbError>>(
        &self,
        needed: bool,
        work: impl AsyncFnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let Inner::Pool(pool, caches) = &self.0 else { return work(self).await };
        if !needed {
            return work(self).await;
        }
        // On SQLite, every transaction that reads is a snapshot.
        let is_server = self.engine() != DbBackend::Sqlite;
        let options = TransactionOptions {
            isolation_level: is_server.then_some(IsolationLevel::RepeatableRead),
            access_mode: is_server.then_some(AccessMode::ReadOnly),
            sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
        };
        let transaction = pool.begin_with_options(options).await.map_err(DbError::from)?;
        let reader = Self(Inner::Snapshot(transaction, caches.clone()));
        let outcome = work(&reader).await;
        if let Self(Inner::Snapshot(transaction, _)) = reader
            && let Err(error) = transaction.rollback().await
        {
            tracing::debug!(%error, "a snapshot was not closed cleanly");
        }
        outcome
    }
}
