//! Helpers of the migrations: shared columns, tables and indexes.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, boolean};
use sea_orm_migration::sea_orm::DbBackend;
use sea_orm_migration::sea_orm::sea_query::ColumnType;

/// Columns of countable resources: the limit, and the usage of customers or the sum that an admin
/// has assigned.
pub const RESOURCES: [(&str, &str); 9] = [
    ("diskspace", "diskspace_used"),
    ("traffic", "traffic_used"),
    ("subdomains", "subdomains_used"),
    ("emails", "emails_used"),
    ("email_accounts", "email_accounts_used"),
    ("email_forwarders", "email_forwarders_used"),
    ("email_quota", "email_quota_used"),
    ("ftps", "ftps_used"),
    ("mysqls", "mysqls_used"),
];

/// Adds the column for the limit of each resource; NULL means unlimited.
pub fn add_limits(table: &mut TableCreateStatement) {
    for (limit, _) in RESOURCES {
        table.col(big_integer_null(limit));
    }
}

/// Adds the column for the usage of each resource.
pub fn add_usage(table: &mut TableCreateStatement) {
    for (_, usage) in RESOURCES {
        table.col(count(usage));
    }
}

/// Returns a column for a number, with the default 0.
pub fn count(name: &'static str) -> ColumnDef {
    big_integer(name).default(0).to_owned()
}

/// Returns a column for a switch.
pub fn flag(name: &'static str, default: bool) -> ColumnDef {
    boolean(name).default(default).to_owned()
}

/// Adds the columns for the switches that plans and customers have.
pub fn add_service_flags(table: &mut TableCreateStatement) {
    for name in ["imap", "pop3", "php_enabled", "perl_enabled", "dns_enabled", "log_view_enabled"] {
        table.col(flag(name, false));
    }
}

/// Returns a foreign key to the id of another table. It has a name, because some engines
/// require unique names.
pub fn reference(
    from: &'static str,
    column: &'static str,
    to: &'static str,
    on_delete: ForeignKeyAction,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{from}_{column}"))
        .from(from, column)
        .to(to, "id")
        .on_delete(on_delete)
        .to_owned()
}

/// Creates a table whose text compares and sorts byte by byte and may be long, as in SQLite,
/// regardless of the server's defaults. One difference remains: MySQL ignores trailing spaces when
/// it compares.
pub async fn create(manager: &SchemaManager<'_>, table: TableCreateStatement) -> Result<(), DbErr> {
    let engine = manager.get_database_backend();
    if engine == DbBackend::Sqlite {
        return manager.create_table(table).await;
    }
    let mut adjusted = Table::create();
    if engine == DbBackend::MySql {
        adjusted.engine("InnoDB").character_set("utf8mb4").collate("utf8mb4_bin");
    }
    if let Some(name) = table.get_table_name() {
        adjusted.table(name.clone());
    }
    for column in table.get_columns() {
        adjusted.col(like_sqlite(engine, column.clone()));
    }
    for index in table.get_indexes() {
        adjusted.index(&mut index.clone());
    }
    for key in table.get_foreign_key_create_stmts() {
        adjusted.foreign_key(&mut key.clone());
    }
    manager.create_table(adjusted).await
}

/// Adds a column to a table, with text as in [`create`].
pub async fn add(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: ColumnDef,
) -> Result<(), DbErr> {
    let column = like_sqlite(manager.get_database_backend(), column);
    manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await
}

fn like_sqlite(engine: DbBackend, mut column: ColumnDef) -> ColumnDef {
    let text = matches!(column.get_column_type(), Some(ColumnType::Text));
    match engine {
        DbBackend::Postgres
            if text || matches!(column.get_column_type(), Some(ColumnType::String(_))) =>
        {
            column.extra("COLLATE \"C\"");
        }
        // MySQL limits TEXT to 64 KiB.
        DbBackend::MySql if text => {
            column.custom("MEDIUMTEXT");
        }
        _ => {}
    }
    column
}

/// Creates an index with a name from its table and columns.
pub async fn create_index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    unique: bool,
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index
        .name(format!("{}_{table}_{}", if unique { "uq" } else { "ix" }, columns.join("_")))
        .table(table);
    for column in columns {
        index.col(*column);
    }
    if unique {
        index.unique();
    }
    manager.create_index(index).await
}

pub async fn drop(manager: &SchemaManager<'_>, table: &'static str) -> Result<(), DbErr> {
    manager.drop_table(Table::drop().table(table).to_owned()).await
}
