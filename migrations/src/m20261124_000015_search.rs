//! The index for text inside the searched columns of customers.
//!
//! - SQLite: FTS5 with trigrams. Triggers update it, so that no write to customers can miss it.
//! - PostgreSQL: a trigram index, if the extension `pg_trgm` is available. It is part of the
//!   server's distribution, and users who can create objects in the database can create it. Without
//!   it, the migration logs a warning, and `clientele doctor` reports the missing index.
//! - MySQL and MariaDB have no common index for parts of words, so they scan the column.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DbBackend, RuntimeErr, TransactionTrait as _};

#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: [&str; 5] = [
    "CREATE VIRTUAL TABLE customers_search USING fts5(search_text, content='customers', content_rowid='id', tokenize='trigram', columnsize=0)",
    "INSERT INTO customers_search(customers_search) VALUES ('rebuild')",
    "CREATE TRIGGER customers_search_insert AFTER INSERT ON customers BEGIN \
     INSERT INTO customers_search(rowid, search_text) VALUES (new.id, new.search_text); END",
    "CREATE TRIGGER customers_search_delete AFTER DELETE ON customers BEGIN \
     INSERT INTO customers_search(customers_search, rowid, search_text) VALUES ('delete', old.id, old.search_text); END",
    "CREATE TRIGGER customers_search_update AFTER UPDATE OF search_text ON customers WHEN old.search_text <> new.search_text BEGIN \
     INSERT INTO customers_search(customers_search, rowid, search_text) VALUES ('delete', old.id, old.search_text); \
     INSERT INTO customers_search(rowid, search_text) VALUES (new.id, new.search_text); END",
];

const DOWN: [&str; 4] = [
    "DROP TRIGGER customers_search_update",
    "DROP TRIGGER customers_search_delete",
    "DROP TRIGGER customers_search_insert",
    "DROP TABLE customers_search",
];

/// Statements for PostgreSQL. The SQLSTATE codes after each mean that `pg_trgm` cannot be used:
///
/// - `0A000`: the extension is not available, or the engine supports no extensions.
/// - `58P01`: PostgreSQL 14 and earlier found no control file of the extension.
/// - `42501`: the user may not create the extension.
/// - `42704`: the extension's operator class is not in the search path.
const UP_POSTGRES: [(&str, &[&str]); 2] = [
    ("CREATE EXTENSION IF NOT EXISTS pg_trgm", &["0A000", "58P01", "42501"]),
    (
        "CREATE INDEX ix_customers_search_text ON customers USING gin (search_text gin_trgm_ops)",
        &["0A000", "42704"],
    ),
];

/// The extension stays, because something else may use it.
const DOWN_POSTGRES: [&str; 1] = ["DROP INDEX IF EXISTS ix_customers_search_text"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DbBackend::Sqlite => run(manager, &UP).await,
            DbBackend::Postgres => create_trigram_index(manager).await,
            _ => Ok(()),
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DbBackend::Sqlite => run(manager, &DOWN).await,
            DbBackend::Postgres => run(manager, &DOWN_POSTGRES).await,
            _ => Ok(()),
        }
    }
}

async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

/// Creates the extension and the index, or neither if the extension cannot be used. The migration
/// is one transaction, so both are created behind a savepoint. Without the index, searches find the
/// same rows but are slow.
async fn create_trigram_index(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let savepoint = manager.get_connection().begin().await?;
    for (statement, unavailable) in UP_POSTGRES {
        let Err(error) = savepoint.execute_unprepared(statement).await else { continue };
        if !sql_state(&error).is_some_and(|code| unavailable.contains(&code.as_str())) {
            return Err(error);
        }
        tracing::warn!(
            %error,
            "searches of customers will be slow: the extension pg_trgm cannot be used"
        );
        return savepoint.rollback().await;
    }
    savepoint.commit().await
}

fn sql_state(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) =
        error
    else {
        return None;
    };
    Some(cause.as_database_error()?.code()?.into_owned())
}
