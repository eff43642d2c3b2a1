//! `kept_forms`: forms that were submitted after their session had ended. They are kept sealed for
//! an hour, for the account that filled them in.

use crate::columns::{create, create_index, drop, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string_len, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("kept_forms")
            .col(string_len("token_digest", 64).primary_key())
            .col(big_integer("login_id"))
            .col(text("sealed"))
            .col(big_integer("created_at"))
            .foreign_key(&mut reference(
                "kept_forms",
                "login_id",
                "logins",
                ForeignKeyAction::Cascade,
            ));
        create(manager, table).await?;
        create_index(manager, "kept_forms", &["login_id", "created_at"], false).await?;
        create_index(manager, "kept_forms", &["created_at"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "kept_forms").await
    }
}
