//! The database: the only place that knows sea-orm.
//!
//! Reads take a [`Reader`], writes a [`Tx`]; a `Tx` is a `Reader` too. One file of queries a noun; they take and
//! give domain types. Whoever writes a customer holds one that a scoped read returned.

pub mod admins;
pub mod api_keys;
pub mod audit;
pub mod backup;
pub mod bulk;
pub mod connect;
pub mod counters;
pub mod customers;
pub mod deliveries;
pub mod disk_usage;
pub mod domains;
mod entities;
mod error;
pub mod froxlor;
pub mod ftp;
pub mod ftp_file;
pub mod health;
pub mod import_runs;
pub mod imports;
pub mod jobs;
pub mod kept_forms;
pub mod logins;
pub mod mail_templates;
pub mod mysql_accounts;
pub mod mysql_admin;
pub mod mysql_servers;
pub mod mysql_tls;
pub mod outages;
pub mod page_templates;
pub mod password_resets;
pub mod php_configs;
pub mod plans;
mod query;
mod recent;
pub mod schedules;
mod schema;
pub mod sessions;
pub mod settings;
pub mod sign_in_sources;
mod snapshot;
mod statements;
pub mod submissions;
pub mod takeover;
pub mod throttles;
mod values;
pub mod webhooks;

pub use connect::Db;
pub use error::{DbError, Transient};
pub use recent::Key;
pub use statements::Statements;

use recent::Recent;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DatabaseExecutor, DatabaseTransaction, DbBackend, TransactionTrait as _};
use std::ops::Deref;
use std::sync::Arc;

/// Something to read from: the pool, or a transaction.
#[derive(Debug)]
pub struct Reader(Inner);

#[derive(Debug)]
enum Inner {
    Pool(DatabaseConnection, Arc<Recent>),
    Snapshot(DatabaseTransaction, Arc<Recent>),
    Transaction(DatabaseTransaction),
}

impl Reader {
    /// What sea-orm runs queries on.
    fn on(&self) -> DatabaseExecutor<'_> {
        match &self.0 {
            Inner::Pool(pool, _) => pool.into(),
            Inner::Snapshot(transaction, _) | Inner::Transaction(transaction) => transaction.into(),
        }
    }

    /// Which engine it is, where engines differ.
    fn engine(&self) -> DbBackend {
        self.on().get_database_backend()
    }
}

/// An open transaction. Only [`Db::write`] opens and commits one; dropping it undoes everything.
#[derive(Debug)]
pub struct Tx(Reader);

impl Tx {
    /// Runs `work` so that what it wrote is undone where it fails, and nothing else of the transaction is: behind a savepoint.
    /// Without one, PostgreSQL would refuse everything that follows. A transient error is not to be kept by the caller: it
    /// concerns the whole transaction.
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
                // MySQL undoes the whole transaction, savepoint and all, where it broke a deadlock: all of it must be run again.
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
