//! `audit_entries`: actor, action and entry point of each change, with the values before and after.
//! Entries outlive the objects that they describe.

use crate::columns::{create, create_index, drop};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, string_len, text_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("audit_entries")
            .col(big_pk_auto("id"))
            .col(big_integer("at"))
            .col(string_len("actor_kind", 10))
            .col(big_integer_null("actor_id"))
            .col(string_len("actor_name", 64))
            .col(string_len("door", 10))
            .col(string_len("address", 64))
            .col(string_len("action", 60))
            .col(string_len("target_kind", 20))
            .col(big_integer_null("target_id"))
            .col(string_len("target_name", 255))
            .col(big_integer_null("owner_id"))
            .col(text_null("before"))
            .col(text_null("after"));
        create(manager, table).await?;
        for columns in [
            ["at", "id"].as_slice(),
            &["owner_id", "at", "id"],
            &["target_kind", "target_id", "at"],
        ] {
            create_index(manager, "audit_entries", columns, false).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "audit_entries").await
    }
}
