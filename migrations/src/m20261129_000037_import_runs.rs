//! `import_runs` and `import_parts`: files of many customers that the worker checks and imports,
//! and the progress. Files and reports contain personal data, and files contain passwords, so both
//! are encrypted. A file is stored in parts, because servers limit the size of a packet. `imports`
//! gets the encoding of the file.

use crate::columns::{add, create, create_index, drop, flag, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, integer, string_len, string_len_null,
};
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

fn blob(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    // MySQL limits BLOB to 64 KiB.
    match manager.get_database_backend() {
        DbBackend::MySql => column.custom("LONGBLOB"),
        _ => column.blob(),
    };
    column
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut runs = Table::create();
        runs.table("import_runs")
            .col(big_pk_auto("id"))
            .col(big_integer("login_id"))
            .col(string_len("seal_key", 64))
            .col(string_len("state", 16))
            .col(string_len("stage", 16))
            .col(big_integer("rows_total"))
            .col(big_integer("rows_done"))
            .col(flag("send_passwords", false))
            .col(string_len_null("encoding", 20))
            .col(string_len("address", 64))
            .col(blob(manager, "report").null())
            .col(big_integer("created_at"))
            .col(big_integer_null("finished_at"))
            .col(big_integer("expires_at"))
            .foreign_key(&mut reference(
                "import_runs",
                "login_id",
                "logins",
                ForeignKeyAction::Cascade,
            ));
        create(manager, runs).await?;
        create_index(manager, "import_runs", &["login_id"], false).await?;
        create_index(manager, "import_runs", &["expires_at"], false).await?;
        let mut parts = Table::create();
        parts
            .table("import_parts")
            .col(big_integer("run_id"))
            .col(integer("number"))
            .col(blob(manager, "sealed").not_null())
            .primary_key(Index::create().col("run_id").col("number"))
            .foreign_key(&mut reference(
                "import_parts",
                "run_id",
                "import_runs",
                ForeignKeyAction::Cascade,
            ));
        create(manager, parts).await?;
        add(manager, "imports", string_len_null("encoding", 20)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .alter_table(Table::alter().table("imports").drop_column("encoding").to_owned())
            .await?;
        drop(manager, "import_parts").await?;
        drop(manager, "import_runs").await
    }
}
