//! Settings of the provider, counters with their first values, and email templates of admins.

use crate::columns::{create, create_index, drop, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, string_len, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut settings = Table::create();
        settings
            .table("settings")
            .col(string_len("name", 100).primary_key())
            .col(text("value"))
            .col(big_integer("updated_at"));
        create(manager, settings).await?;
        let mut counters = Table::create();
        counters
            .table("counters")
            .col(string_len("name", 40).primary_key())
            .col(big_integer("value"));
        create(manager, counters).await?;
        let mut templates = Table::create();
        templates
            .table("mail_templates")
            .col(big_pk_auto("id"))
            .col(big_integer("owner_id"))
            .col(string_len("name", 40))
            .col(string_len("language", 10))
            .col(string_len("subject", 255))
            .col(text("body"))
            .col(big_integer("updated_at"))
            .foreign_key(&mut reference(
                "mail_templates",
                "owner_id",
                "admins",
                ForeignKeyAction::Cascade,
            ));
        create(manager, templates).await?;
        create_index(manager, "mail_templates", &["owner_id", "name", "language"], true).await?;
        let mut numbers = Query::insert();
        // The first customer has the number 1 and the user id 10000, as in Froxlor.
        numbers
            .into_table("counters")
            .columns(["name", "value"])
            .values_panic(["account_number".into(), 0_i64.into()])
            .values_panic(["guid".into(), 9999_i64.into()]);
        manager.execute(numbers).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "mail_templates").await?;
        drop(manager, "counters").await?;
        drop(manager, "settings").await
    }
}
