//! `outages`: services that the worker cannot reach at the moment, with start time and last error.

use crate::columns::{create, drop};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, string_len, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("outages")
            .col(string_len("what", 60).primary_key())
            .col(string_len("name", 255))
            .col(text("last_error"))
            .col(big_integer("since"))
            .col(big_integer("updated_at"));
        create(manager, table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "outages").await
    }
}
