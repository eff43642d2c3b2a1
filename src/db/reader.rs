//! Executors of queries: the pool, a snapshot or a transaction.

use super::cache::{Caches, Key};
use super::{DbError, Transient};
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DatabaseExecutor, DatabaseTransaction, DbBackend,
    TransactionTrait as _,
};
use std::ops::Deref;
use std::sync::Arc;

/// Executes queries that read, on the pool, a snapshot or a transaction.
#[derive(Debug)]
pub struct Reader(pub(crate) Inner);

#[derive(Debug)]
pub(crate) enum Inner {
    Pool(DatabaseConnection, Arc<Caches>),
    Snapshot(DatabaseTransaction, Arc<Caches>),
    Transaction(DatabaseTransaction),
}

impl Reader {
    /// Returns the executor for sea-orm.
    pub(crate) fn on(&self) -> DatabaseExecutor<'_> {
        match &self.0 {
            Inner::Pool(pool, _) => pool.into(),
            Inner::Snapshot(transaction, _) | Inner::Transaction(transaction) => transaction.into(),
        }
    }

    pub(crate) fn engine(&self) -> DbBackend {
        self.on().get_database_backend()
    }

    /// Returns the result of `read`, or a cached one that was read less than a second ago and after
    /// the last change by this process. Concurrent callers wait for one read. Snapshots and
    /// transactions always read.
    pub async fn recent<T, R>(&self, key: Key, read: R) -> Result<Arc<T>, DbError>
    where
        T: Send + Sync + 'static,
        R: AsyncFnOnce(&Self) -> Result<T, DbError>,
    {
        match &self.0 {
            Inner::Pool(_, caches) => caches.cached(key, read(self)).await,
            Inner::Snapshot(..) | Inner::Transaction(_) => Ok(Arc::new(read(self).await?)),
        }
    }

    /// Returns the cached values, or `None` inside a writing transaction.
    pub(super) fn caches(&self) -> Option<&Caches> {
        match &self.0 {
            Inner::Pool(_, caches) | Inner::Snapshot(_, caches) => Some(caches),
            Inner::Transaction(_) => None,
        }
    }
}

/// An open transaction. Only [`Db::write`](crate::Db::write) opens and commits one. Dropping it
/// rolls it back.
#[derive(Debug)]
pub struct Tx(pub(crate) Reader);

impl Tx {
    /// Runs `work` within a savepoint. If `work` fails, its writes are undone, and the rest of the
    /// transaction stays. Without the savepoint, PostgreSQL would refuse every later statement. The
    /// caller must return transient errors to [`Db::write`](crate::Db::write), because they concern
    /// the whole transaction.
    pub async fn attempt<T, E>(&self, work: impl AsyncFnOnce(&Self) -> Result<T, E>) -> Result<T, E>
    where
        E: From<DbError> + Transient,
    {
        let savepoint = match &self.0.0 {
            Inner::Transaction(transaction) => transaction.begin().await.map_err(DbError::from)?,
            Inner::Pool(..) | Inner::Snapshot(..) => return work(self).await,
        };
        let tx = Self(Reader(Inner::Transaction(savepoint)));
        let outcome = work(&tx).await;
        if let Self(Reader(Inner::Transaction(savepoint))) = tx {
            match &outcome {
                Ok(_) => savepoint.commit().await.map_err(DbError::from)?,
                // MySQL resolves a deadlock by rolling back the whole transaction with its
                // savepoints, so all of it must run again.
                Err(error) if error.is_transient() => drop(savepoint),
                Err(_) => savepoint.rollback().await.map_err(DbError::from)?,
            }
        }
        outcome
    }
}

impl Deref for Tx {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.0
    }
}
