//! `admins`: admins and resellers, with the quotas that they may assign and have assigned.

use crate::columns::{add_limits, add_usage, count, create, create_index, drop, flag, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, string_len, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("admins")
            .col(big_pk_auto("id"))
            .col(big_integer("login_id"))
            .col(string_len("login_name", 64))
            .col(string_len("login_sort", 190))
            .col(string_len("name", 255))
            .col(string_len("email", 255))
            .col(string_len("email_key", 255))
            .col(string_len("language", 10))
            .col(string_len("theme", 20))
            .col(flag("gui_access", true))
            .col(flag("api_allowed", true))
            .col(flag("suspended", false))
            .col(text("notes"))
            .col(flag("notes_shown", false))
            .col(flag("customers_see_all", false))
            .col(flag("change_serversettings", false))
            .col(flag("caneditphpsettings", false))
            .col(big_integer_null("customers"))
            .col(count("customers_used"))
            .col(big_integer_null("domains"))
            .col(count("domains_used"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .col(big_integer("version").default(1))
            .foreign_key(&mut reference("admins", "login_id", "logins", ForeignKeyAction::Cascade));
        add_limits(&mut table);
        add_usage(&mut table);
        create(manager, table).await?;
        create_index(manager, "admins", &["login_id"], true).await?;
        create_index(manager, "admins", &["email_key"], true).await?;
        create_index(manager, "admins", &["login_sort"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "admins").await
    }
}
