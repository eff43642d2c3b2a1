//! `api_keys`: API keys of logins. The keys of a deleted login are deleted with it. Secrets are
//! stored as digests only.

use crate::columns::{create, create_index, drop, flag, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, string_len, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("api_keys")
            .col(big_pk_auto("id"))
            .col(big_integer("login_id"))
            .col(string_len("api_key", 64))
            .col(string_len("secret_digest", 64))
            .col(string_len("label", 100))
            .col(text("allowed_from"))
            .col(flag("read_only", false))
            .col(big_integer("created_at"))
            .col(big_integer_null("expires_at"))
            .col(big_integer_null("last_used_at"))
            .foreign_key(&mut reference(
                "api_keys",
                "login_id",
                "logins",
                ForeignKeyAction::Cascade,
            ));
        create(manager, table).await?;
        create_index(manager, "api_keys", &["api_key"], true).await?;
        create_index(manager, "api_keys", &["login_id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "api_keys").await
    }
}
