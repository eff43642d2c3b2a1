//! Data for customers' accounts on MySQL servers: the URL by which each server is administered, the
//! customers' sealed password hashes, and the accounts that Clientele created.

use crate::columns::{add, create, create_index, drop, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, string_len, text, text_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column per statement.
        for column in [
            text_null("sealed_admin_url"),
            string_len("access_hosts", 2000).default("localhost").to_owned(),
        ] {
            add(manager, "mysql_servers", column).await?;
        }
        let mut passwords = Table::create();
        passwords
            .table("mysql_passwords")
            .col(big_integer("customer_id").primary_key())
            .col(text("sealed"))
            .col(big_integer("changed_at"))
            .foreign_key(&mut reference(
                "mysql_passwords",
                "customer_id",
                "customers",
                ForeignKeyAction::Cascade,
            ));
        create(manager, passwords).await?;
        // No foreign key to customers: the accounts of a deleted customer must still be found to be
        // removed.
        let mut accounts = Table::create();
        accounts
            .table("mysql_accounts")
            .col(big_pk_auto("id"))
            .col(big_integer("customer_id"))
            .col(big_integer("mysql_server_id"))
            .col(string_len("name", 80))
            .col(string_len("host", 255))
            .foreign_key(&mut reference(
                "mysql_accounts",
                "mysql_server_id",
                "mysql_servers",
                ForeignKeyAction::Restrict,
            ));
        create(manager, accounts).await?;
        create_index(manager, "mysql_accounts", &["mysql_server_id", "name", "host"], true).await?;
        create_index(manager, "mysql_accounts", &["customer_id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "mysql_accounts").await?;
        drop(manager, "mysql_passwords").await?;
        for column in ["access_hosts", "sealed_admin_url"] {
            manager
                .alter_table(Table::alter().table("mysql_servers").drop_column(column).to_owned())
                .await?;
        }
        Ok(())
    }
}
