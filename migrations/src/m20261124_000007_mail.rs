//! Mailboxes and email addresses. `receives`, `imap` and `pop3` are the mailbox's own status; the
//! switches and the suspension of the customer override them.

use crate::columns::{create, create_index, drop, flag, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, string_len, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut boxes = Table::create();
        boxes
            .table("mail_users")
            .col(big_pk_auto("id"))
            .col(big_integer("customer_id"))
            .col(big_integer("domain_id"))
            .col(string_len("email", 255))
            .col(string_len("password_hash", 255))
            .col(big_integer("quota").default(0))
            .col(flag("receives", true))
            .col(flag("imap", true))
            .col(flag("pop3", true))
            .foreign_key(&mut reference(
                "mail_users",
                "customer_id",
                "customers",
                ForeignKeyAction::Cascade,
            ))
            .foreign_key(&mut reference(
                "mail_users",
                "domain_id",
                "domains",
                ForeignKeyAction::Cascade,
            ));
        create(manager, boxes).await?;
        create_index(manager, "mail_users", &["email"], true).await?;
        create_index(manager, "mail_users", &["customer_id"], false).await?;
        create_index(manager, "mail_users", &["domain_id"], false).await?;
        let mut addresses = Table::create();
        addresses
            .table("mail_addresses")
            .col(big_pk_auto("id"))
            .col(big_integer("customer_id"))
            .col(big_integer("domain_id"))
            .col(string_len("email", 255))
            .col(text("destination"))
            .col(flag("is_catch_all", false))
            .foreign_key(&mut reference(
                "mail_addresses",
                "customer_id",
                "customers",
                ForeignKeyAction::Cascade,
            ))
            .foreign_key(&mut reference(
                "mail_addresses",
                "domain_id",
                "domains",
                ForeignKeyAction::Cascade,
            ));
        create(manager, addresses).await?;
        create_index(manager, "mail_addresses", &["email"], true).await?;
        create_index(manager, "mail_addresses", &["customer_id"], false).await?;
        create_index(manager, "mail_addresses", &["domain_id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "mail_addresses").await?;
        drop(manager, "mail_users").await
    }
}
