//! `domains`: domains, subdomains and standard subdomains of customers.

use crate::columns::{create, create_index, drop, flag, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, string_len};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("domains")
            .col(big_pk_auto("id"))
            .col(big_integer("customer_id"))
            .col(big_integer_null("parent_id"))
            .col(string_len("name", 255))
            .col(flag("is_standard", false))
            .col(string_len("document_root", 255))
            .col(flag("php_enabled", false))
            .col(flag("open_basedir", true))
            .col(flag("is_email_domain", false))
            .col(flag("suspended", false))
            .col(big_integer("created_at"))
            .foreign_key(&mut reference(
                "domains",
                "customer_id",
                "customers",
                ForeignKeyAction::Cascade,
            ))
            .foreign_key(&mut reference(
                "domains",
                "parent_id",
                "domains",
                ForeignKeyAction::Cascade,
            ));
        create(manager, table).await?;
        create_index(manager, "domains", &["name"], true).await?;
        create_index(manager, "domains", &["customer_id", "is_standard"], false).await?;
        create_index(manager, "domains", &["parent_id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "domains").await
    }
}
