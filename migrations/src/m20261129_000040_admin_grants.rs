//! The services that an admin may assign besides countable resources: PHP configurations, MySQL
//! servers, shell access and Perl. By default, an admin may assign all of them, as before.

use crate::columns::{add, create, create_index, drop, flag, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer;

#[derive(DeriveMigrationName)]
pub struct Migration;

const LINKS: [(&str, &str, &str); 2] = [
    ("admin_php_configs", "php_config_id", "php_configs"),
    ("admin_mysql_servers", "mysql_server_id", "mysql_servers"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["all_php_configs", "all_mysql_servers", "shell_allowed", "perl_enabled"] {
            add(manager, "admins", flag(column, true)).await?;
        }
        for (link, column, other) in LINKS {
            let mut table = Table::create();
            table
                .table(link)
                .col(big_integer("admin_id"))
                .col(big_integer(column))
                .primary_key(Index::create().col("admin_id").col(column))
                .foreign_key(&mut reference(link, "admin_id", "admins", ForeignKeyAction::Cascade))
                .foreign_key(&mut reference(link, column, other, ForeignKeyAction::Cascade));
            create(manager, table).await?;
            create_index(manager, link, &[column], false).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (link, ..) in LINKS {
            drop(manager, link).await?;
        }
        for column in ["perl_enabled", "shell_allowed", "all_mysql_servers", "all_php_configs"] {
            manager
                .alter_table(Table::alter().table("admins").drop_column(column).to_owned())
                .await?;
        }
        Ok(())
    }
}
