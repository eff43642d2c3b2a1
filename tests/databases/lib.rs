//! Fresh databases for tests, on the engine that `CLIENTELE_TEST_DATABASE` selects. The unit tests
//! of all crates and the integration tests use this crate.

#![allow(missing_docs, clippy::pedantic, reason = "only tests use this crate")]

pub mod database;
pub mod mariadb;
pub mod postgres;
pub mod server;

use database::TestDatabase;
use db::Db;
use std::path::Path;

/// Opens a database with the schema and only the rows that migrations insert. Keep the second value
/// as long as the database is used.
pub async fn open(dir: &Path) -> (Db, TestDatabase) {
    let fresh = database::create_test_database(dir);
    (Db::connect(&fresh.url).await.unwrap(), fresh)
}
