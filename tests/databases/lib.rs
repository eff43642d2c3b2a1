//! Fresh databases for tests, on the engine that `CLIENTELE_TEST_DATABASE` selects. The unit tests
//! of all crates and the integration tests use this crate.

#![allow(missing_docs, clippy::pedantic, reason = "tests read it, and nobody else")]

pub mod database;
pub mod mariadb;
pub mod postgres;
pub mod server;

use database::Fresh;
use db::Db;
use std::path::Path;

/// Opens a database with the schema and without rows. It exists as long as the second value.
pub async fn open(dir: &Path) -> (Db, Fresh) {
    let fresh = database::fresh(dir);
    (Db::connect(&fresh.url).await.unwrap(), fresh)
}
