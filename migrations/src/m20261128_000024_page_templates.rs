//! `page_templates`: pages that the provider changed, such as the default page of new home
//! directories.

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
            .table("page_templates")
            .col(string_len("name", 40).primary_key())
            .col(text("body"))
            .col(big_integer("updated_at"));
        create(manager, table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "page_templates").await
    }
}
