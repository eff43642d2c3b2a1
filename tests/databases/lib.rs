//! Databases for tests: fresh ones for each, on the engine that `CLIENTELE_TEST_DATABASE` names.
//! The unit tests of every crate and the integration tests have them from here.

#![allow(missing_docs, clippy::pedantic, reason = "tests read it, and nobody else")]

pub mod database;
pub mod mariadb;
pub mod postgres;
pub mod server;

use database::Fresh;
use db::Db;
use std::path::Path;

/// A database with the schema and nothing in it, open, for as long as the second value is kept.
pub async fn open(dir: &Path) -> (Db, Fresh) {
    let fresh = database::fresh(dir);
    (Db::connect(&fresh.url).await.unwrap(), fresh)
}
