//! `customers`, with columns by which lists are sorted and searched, and the PHP configurations and
//! MySQL servers of each customer.

use crate::columns::{
    add_limits, add_service_flags, add_usage, count, create, create_index, drop, flag, reference,
};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, small_integer, string_len, text,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("customers")
            .col(big_pk_auto("id"))
            .col(big_integer("login_id"))
            .col(big_integer("owner_id"))
            .col(big_integer_null("plan_id"))
            .col(string_len("login_name", 64))
            .col(string_len("login_sort", 190))
            .col(string_len("name_sort", 190))
            .col(text("search_text"))
            .col(string_len("name", 255))
            .col(string_len("firstname", 255))
            .col(string_len("company", 255))
            .col(string_len("street", 255))
            .col(string_len("zipcode", 25))
            .col(string_len("city", 255))
            .col(string_len("phone", 50))
            .col(string_len("fax", 50))
            .col(small_integer("gender").default(0))
            .col(string_len("customer_number", 100))
            .col(string_len("email", 255))
            .col(string_len("email_key", 255))
            .col(string_len("language", 10))
            .col(string_len("theme", 20))
            .col(flag("gui_access", true))
            .col(flag("api_allowed", true))
            .col(flag("shell_allowed", false))
            .col(flag("suspended", false))
            .col(text("notes"))
            .col(flag("notes_shown", false))
            .col(count("web_used"))
            .col(count("mail_used"))
            .col(count("mysql_used"))
            .col(big_integer("guid"))
            .col(string_len("document_root", 255))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .col(big_integer("version").default(1))
            .foreign_key(&mut reference(
                "customers",
                "login_id",
                "logins",
                ForeignKeyAction::Cascade,
            ))
            .foreign_key(&mut reference(
                "customers",
                "owner_id",
                "admins",
                ForeignKeyAction::Restrict,
            ))
            .foreign_key(&mut reference(
                "customers",
                "plan_id",
                "plans",
                ForeignKeyAction::SetNull,
            ));
        add_limits(&mut table);
        add_usage(&mut table);
        add_service_flags(&mut table);
        create(manager, table).await?;
        create_index(manager, "customers", &["login_id"], true).await?;
        create_index(manager, "customers", &["guid"], true).await?;
        for columns in [
            ["login_sort", "id"].as_slice(),
            &["name_sort", "id"],
            &["owner_id", "login_sort", "id"],
            &["owner_id", "name_sort", "id"],
            &["suspended", "name_sort", "id"],
            &["plan_id", "name_sort", "id"],
            &["email_key"],
            &["created_at", "id"],
        ] {
            create_index(manager, "customers", columns, false).await?;
        }
        for (link, column, other) in [
            ("customer_php_configs", "php_config_id", "php_configs"),
            ("customer_mysql_servers", "mysql_server_id", "mysql_servers"),
        ] {
            let mut table = Table::create();
            table
                .table(link)
                .col(big_integer("customer_id"))
                .col(big_integer(column))
                .primary_key(Index::create().col("customer_id").col(column))
                .foreign_key(&mut reference(
                    link,
                    "customer_id",
                    "customers",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut reference(link, column, other, ForeignKeyAction::Restrict));
            create(manager, table).await?;
            create_index(manager, link, &[column], false).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "customer_mysql_servers").await?;
        drop(manager, "customer_php_configs").await?;
        drop(manager, "customers").await
    }
}
