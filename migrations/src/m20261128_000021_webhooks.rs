//! `events`: events about customers. `webhooks`: endpoints that receive events over HTTP.
//! `deliveries`: one row for each event and endpoint, which is a webhook or an executable of the
//! hooks directory. The status of a delivery is that of its job.

use crate::columns::{create, create_index, drop, flag, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, integer_null, string_len, string_len_null, text,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut events = Table::create();
        events
            .table("events")
            .col(big_pk_auto("id"))
            // Endpoints recognise a repeated event by this id.
            .col(string_len("message_id", 60))
            .col(string_len("name", 40))
            .col(big_integer_null("customer_id"))
            .col(string_len("subject", 255))
            .col(text("payload"))
            .col(big_integer("created_at"));
        create(manager, events).await?;
        create_index(manager, "events", &["message_id"], true).await?;
        create_index(manager, "events", &["created_at"], false).await?;

        let mut webhooks = Table::create();
        webhooks
            .table("webhooks")
            .col(big_pk_auto("id"))
            .col(string_len("label", 100))
            .col(text("url"))
            .col(text("secret"))
            // Names of events, separated by commas.
            .col(string_len("events", 255))
            .col(flag("enabled", true))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"));
        create(manager, webhooks).await?;

        let mut deliveries = Table::create();
        deliveries
            .table("deliveries")
            .col(big_pk_auto("id"))
            .col(big_integer("event_id"))
            .col(big_integer_null("webhook_id"))
            .col(string_len_null("hook", 120))
            .col(string_len("receiver", 130))
            .col(big_integer_null("job_id"))
            .col(integer_null("last_status"))
            .col(big_integer_null("delivered_at"))
            .col(big_integer("created_at"))
            .foreign_key(&mut reference(
                "deliveries",
                "event_id",
                "events",
                ForeignKeyAction::Cascade,
            ))
            .foreign_key(&mut reference(
                "deliveries",
                "webhook_id",
                "webhooks",
                ForeignKeyAction::Cascade,
            ));
        create(manager, deliveries).await?;
        create_index(manager, "deliveries", &["event_id", "receiver"], true).await?;
        create_index(manager, "deliveries", &["webhook_id", "id"], false).await?;
        create_index(manager, "deliveries", &["job_id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["deliveries", "webhooks", "events"] {
            drop(manager, table).await?;
        }
        Ok(())
    }
}
