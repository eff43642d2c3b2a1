//! Lets searches find customers by their whole name. "Last, first" and "first last" are appended to
//! the searched text of existing customers. The first three lines of that text are login name, last
//! name and first name. The previous version can search the longer text, too.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

const SQLITE: &str = "UPDATE customers SET search_text = search_text || char(10) || n.name || ', ' || n.firstname \
     || char(10) || n.firstname || ' ' || n.name \
     FROM (SELECT id, name, substr(rest, 1, instr(rest, char(10)) - 1) AS firstname \
           FROM (SELECT id, substr(rest, 1, instr(rest, char(10)) - 1) AS name, substr(rest, instr(rest, char(10)) + 1) AS rest \
                 FROM (SELECT id, substr(search_text, instr(search_text, char(10)) + 1) AS rest FROM customers))) AS n \
     WHERE n.id = customers.id AND n.name <> '' AND n.firstname <> ''";

const POSTGRES: &str = "UPDATE customers SET search_text = search_text || chr(10) \
     || split_part(search_text, chr(10), 2) || ', ' || split_part(search_text, chr(10), 3) || chr(10) \
     || split_part(search_text, chr(10), 3) || ' ' || split_part(search_text, chr(10), 2) \
     WHERE split_part(search_text, chr(10), 2) <> '' AND split_part(search_text, chr(10), 3) <> ''";

/// The expressions for last name and first name, the second and third line of the text, are
/// repeated, because an update on MySQL cannot read its own table in a subquery.
const MYSQL: &str = "UPDATE customers SET search_text = CONCAT(search_text, '\n', \
     SUBSTRING_INDEX(SUBSTRING_INDEX(search_text, '\n', 2), '\n', -1), ', ', \
     SUBSTRING_INDEX(SUBSTRING_INDEX(search_text, '\n', 3), '\n', -1), '\n', \
     SUBSTRING_INDEX(SUBSTRING_INDEX(search_text, '\n', 3), '\n', -1), ' ', \
     SUBSTRING_INDEX(SUBSTRING_INDEX(search_text, '\n', 2), '\n', -1)) \
     WHERE SUBSTRING_INDEX(SUBSTRING_INDEX(search_text, '\n', 2), '\n', -1) <> '' \
     AND SUBSTRING_INDEX(SUBSTRING_INDEX(search_text, '\n', 3), '\n', -1) <> ''";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let statement = match manager.get_database_backend() {
            DbBackend::Sqlite => SQLITE,
            DbBackend::Postgres => POSTGRES,
            _ => MYSQL,
        };
        manager.get_connection().execute_unprepared(statement).await.map(|_| ())
    }

    /// The longer text stays, because nothing depends on its length.
    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
