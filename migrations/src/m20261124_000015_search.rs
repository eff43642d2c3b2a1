//! The index that finds words inside the searched columns of customers. SQLite: FTS5 with trigrams, kept in step by
//! triggers, so that nothing that writes customers can forget it. Other engines search without one until they get theirs.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

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

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        on_sqlite(manager, &UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        on_sqlite(manager, &DOWN).await
    }
}

async fn on_sqlite(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Sqlite {
        for statement in statements {
            manager.get_connection().execute_unprepared(statement).await?;
        }
    }
    Ok(())
}
