//! The former owner in audit entries about moves, so that both owners see the entry.

use crate::columns::{add, create_index};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer_null;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEX: &str = "ix_audit_entries_former_owner_id_at_id";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "audit_entries", big_integer_null("former_owner_id")).await?;
        create_index(manager, "audit_entries", &["former_owner_id", "at", "id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(INDEX).table("audit_entries").to_owned()).await?;
        manager
            .alter_table(
                Table::alter().table("audit_entries").drop_column("former_owner_id").to_owned(),
            )
            .await
    }
}
