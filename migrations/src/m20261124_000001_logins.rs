//! `logins`: one row per account of any type, so that each name belongs to one account only.

use crate::columns::{count, create, create_index, drop};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer_null, big_pk_auto, string_len};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("logins")
            .col(big_pk_auto("id"))
            .col(string_len("name_key", 64))
            .col(string_len("kind", 10))
            .col(string_len("password_hash", 255))
            .col(count("failed_count"))
            .col(big_integer_null("last_failed_at"))
            .col(big_integer_null("last_sign_in_at"))
            .col(big_integer_null("password_changed_at"));
        create(manager, table).await?;
        create_index(manager, "logins", &["name_key"], true).await?;
        create_index(manager, "logins", &["failed_count", "last_failed_at"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "logins").await
    }
}
