//! `databases`: MySQL databases of customers.

use crate::columns::{create, create_index, drop, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, string_len};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("databases")
            .col(big_pk_auto("id"))
            .col(big_integer("customer_id"))
            .col(big_integer("mysql_server_id"))
            .col(string_len("name", 64))
            .col(string_len("description", 255))
            .foreign_key(&mut reference(
                "databases",
                "customer_id",
                "customers",
                ForeignKeyAction::Cascade,
            ))
            .foreign_key(&mut reference(
                "databases",
                "mysql_server_id",
                "mysql_servers",
                ForeignKeyAction::Restrict,
            ));
        create(manager, table).await?;
        create_index(manager, "databases", &["mysql_server_id", "name"], true).await?;
        create_index(manager, "databases", &["customer_id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "databases").await
    }
}
