//! `schedules`: the last and next run of recurring work, shared by all nodes.

use crate::columns::{create, create_index, drop};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, string_len};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("schedules")
            .col(big_pk_auto("id"))
            .col(string_len("kind", 40))
            .col(string_len("subject", 100))
            .col(big_integer("last_run_at"))
            .col(big_integer("next_run_at"));
        create(manager, table).await?;
        create_index(manager, "schedules", &["kind", "subject"], true).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "schedules").await
    }
}
