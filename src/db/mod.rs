//! The database: the only place that knows sea-orm.
//!
//! Reads take a [`Reader`], writes a [`Tx`]; a `Tx` is a `Reader` too. One file of queries a noun; they take and
//! give domain types. Whoever writes a customer holds one that a scoped read returned.

pub mod admins;
pub mod api_keys;
pub mod audit;
pub mod bulk;
pub mod connect;
pub mod counters;
pub mod customers;
pub mod domains;
mod entities;
mod error;
pub mod ftp;
pub mod health;
pub mod jobs;
pub mod logins;
pub mod mail_templates;
pub mod mysql_servers;
pub mod password_resets;
pub mod php_configs;
pub mod plans;
mod query;
pub mod sessions;
pub mod settings;
pub mod submissions;
pub mod throttles;
mod values;

pub use connect::Db;
pub use error::{DbError, Transient};

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DatabaseExecutor, DatabaseTransaction, DbBackend};
use std::ops::Deref;

/// Something to read from: the pool, or a transaction.
#[derive(Debug)]
pub struct Reader(Inner);

#[derive(Debug)]
enum Inner {
    Pool(DatabaseConnection),
    Transaction(DatabaseTransaction),
}

impl Reader {
    /// What sea-orm runs queries on.
    fn on(&self) -> DatabaseExecutor<'_> {
        match &self.0 {
            Inner::Pool(pool) => pool.into(),
            Inner::Transaction(transaction) => transaction.into(),
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

impl Deref for Tx {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.0
    }
}
