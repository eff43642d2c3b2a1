//! What queries run on: the pool, or a transaction.

use super::recent::{Entry, Key, Recent};
use super::{DbError, Transient};
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DatabaseExecutor, DatabaseTransaction, DbBackend,
    TransactionTrait as _,
};
use std::ops::Deref;
use std::sync::Arc;
use std::time::Instant;

/// Something to read from: the pool, or a transaction.
#[derive(Debug)]
pub struct Reader(pub(crate) Inner);

#[derive(Debug)]
pub(crate) enum Inner {
    Pool(DatabaseConnection, Arc<Recent>),
    Snapshot(DatabaseTransaction, Arc<Recent>),
    Transaction(DatabaseTransaction),
}

impl Reader {
    /// What sea-orm runs queries on.
    pub(crate) fn on(&self) -> DatabaseExecutor<'_> {
        match &self.0 {
            Inner::Pool(pool, _) => pool.into(),
            Inner::Snapshot(transaction, _) | Inner::Transaction(transaction) => transaction.into(),
        }
    }

    /// Which engine it is, where engines differ.
    pub(crate) fn engine(&self) -> DbBackend {
        self.on().get_database_backend()
    }
}

/// An open transaction. Only [`Db::write`](crate::Db::write) opens and commits one; dropping it
/// undoes everything.
#[derive(Debug)]
pub struct Tx(pub(crate) Reader);

impl Tx {
    /// Runs `work` so that what it wrote is undone where it fails, and nothing else of the
    /// transaction is: behind a savepoint. Without one, PostgreSQL would refuse everything that
    /// follows. A transient error is not to be kept by the caller: it concerns the whole
    /// transaction.
    ///
    /// # Errors
    /// Those of `work`, and the database's own.
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
                // MySQL undoes the whole transaction, savepoint and all, where it broke a deadlock:
                // all of it must be run again.
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

impl Reader {
    /// What `read` gives, or gave less than a second ago, with no change by this process since.
    ///
    /// # Errors
    /// Those of `read`.
    pub async fn recent<T, R>(&self, key: Key, read: R) -> Result<Arc<T>, DbError>
    where
        T: Send + Sync + 'static,
        R: AsyncFnOnce(&Self) -> Result<T, DbError>,
    {
        let Inner::Pool(_, recent) = &self.0 else { return Ok(Arc::new(read(self).await?)) };
        // Known before the reading begins: what changes meanwhile makes what was read old.
        let (began, changes) = (Instant::now(), recent.changes());
        if let Some(known) = recent.get(&key, changes) {
            return Ok(known);
        }
        let value = Arc::new(read(self).await?);
        recent.keep(key, Entry { read: began, changes, value: value.clone() });
        Ok(value)
    }
}
