//! `imports`: files of customers between preview and confirmation. They contain passwords, so they
//! are encrypted.

use crate::columns::{create, create_index, drop, flag, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string_len};
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut sealed = ColumnDef::new("sealed");
        // MySQL limits BLOB to 64 KiB.
        match manager.get_database_backend() {
            DbBackend::MySql => sealed.custom("LONGBLOB"),
            _ => sealed.blob(),
        };
        let mut table = Table::create();
        table
            .table("imports")
            .col(string_len("token_digest", 64).primary_key())
            .col(big_integer("login_id"))
            .col(sealed.not_null())
            .col(flag("send_passwords", false))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .foreign_key(&mut reference(
                "imports",
                "login_id",
                "logins",
                ForeignKeyAction::Cascade,
            ));
        create(manager, table).await?;
        create_index(manager, "imports", &["login_id"], true).await?;
        create_index(manager, "imports", &["expires_at"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "imports").await
    }
}
