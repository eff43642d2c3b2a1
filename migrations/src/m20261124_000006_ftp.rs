//! FTP users and groups. `login_enabled` is the user's own status; the suspension of the customer
//! overrides it.

use crate::columns::{create, create_index, drop, flag, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, string_len, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut users = Table::create();
        users
            .table("ftp_users")
            .col(big_pk_auto("id"))
            .col(big_integer("customer_id"))
            .col(string_len("username", 255))
            .col(string_len("password_hash", 255))
            .col(big_integer("uid"))
            .col(big_integer("gid"))
            .col(string_len("home_dir", 255))
            .col(string_len("shell", 255))
            .col(flag("login_enabled", true))
            .col(flag("is_default", false))
            .col(string_len("description", 255))
            .col(big_integer("created_at"))
            .foreign_key(&mut reference(
                "ftp_users",
                "customer_id",
                "customers",
                ForeignKeyAction::Cascade,
            ));
        create(manager, users).await?;
        create_index(manager, "ftp_users", &["username"], true).await?;
        create_index(manager, "ftp_users", &["customer_id"], false).await?;
        let mut groups = Table::create();
        groups
            .table("ftp_groups")
            .col(big_pk_auto("id"))
            .col(big_integer("customer_id"))
            .col(string_len("name", 64))
            .col(big_integer("gid"))
            .col(text("members"))
            .foreign_key(&mut reference(
                "ftp_groups",
                "customer_id",
                "customers",
                ForeignKeyAction::Cascade,
            ));
        create(manager, groups).await?;
        create_index(manager, "ftp_groups", &["name"], true).await?;
        create_index(manager, "ftp_groups", &["customer_id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "ftp_groups").await?;
        drop(manager, "ftp_users").await
    }
}
