//! Several statements that see the same moment.

use super::DbError;
use super::reader::{Inner, Reader};
use crate::totals::Totals;
use sea_orm::{
    AccessMode, DbBackend, IsolationLevel, SqliteTransactionMode, TransactionOptions,
    TransactionTrait as _,
};

impl Reader {
    /// Runs `work` so that all its statements read one snapshot, where `needed` and not done
    /// already: whoever needs one statement only is spared the transaction. Inside a
    /// [`Tx`](super::Tx) `work` reads what that transaction sees.
    ///
    /// # Errors
    /// Those of `work`, and the database's own.
    pub async fn snapshot<T, E: From<DbError>>(
        &self,
        needed: bool,
        work: impl AsyncFnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let Inner::Pool(pool, recent) = &self.0 else { return work(self).await };
        if !needed {
            return work(self).await;
        }
        // A transaction of SQLite is a snapshot anyway.
        let serves = self.engine() != DbBackend::Sqlite;
        let options = TransactionOptions {
            isolation_level: serves.then_some(IsolationLevel::RepeatableRead),
            access_mode: serves.then_some(AccessMode::ReadOnly),
            sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
        };
        let transaction = pool.begin_with_options(options).await.map_err(DbError::from)?;
        let reader = Self(Inner::Snapshot(transaction, recent.clone()));
        let outcome = work(&reader).await;
        if let Self(Inner::Snapshot(transaction, _)) = reader
            && let Err(error) = transaction.rollback().await
        {
            tracing::debug!(%error, "a snapshot was not closed cleanly");
        }
        outcome
    }

    /// What the process knows of large totals; nothing inside a transaction that writes.
    pub(super) fn totals(&self) -> Option<&Totals> {
        match &self.0 {
            Inner::Pool(_, recent) | Inner::Snapshot(_, recent) => Some(recent.totals()),
            Inner::Transaction(_) => None,
        }
    }
}
