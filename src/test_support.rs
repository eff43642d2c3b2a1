//! Databases for the unit tests: those that the integration tests have.

#![allow(dead_code, reason = "the integration tests use more of it")]
#![allow(missing_docs, clippy::pedantic, reason = "it is theirs")]

#[path = "../tests/it/support/database.rs"]
pub mod database;
#[path = "../tests/it/support/mariadb.rs"]
mod mariadb;
#[path = "../tests/it/support/postgres.rs"]
mod postgres;
#[path = "../tests/it/support/server.rs"]
mod server;

use crate::db::Db;
use database::Fresh;
use std::path::Path;

/// A database with the schema and nothing in it, open, for as long as the second value is kept.
pub async fn database(dir: &Path) -> (Db, Fresh) {
    let fresh = database::fresh(dir);
    (Db::connect(&fresh.url).await.unwrap(), fresh)
}
