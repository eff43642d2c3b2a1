//! Hosting plans, PHP configurations and MySQL servers that customers can get. The first PHP
//! configuration and the first MySQL server are inserted.

use crate::columns::{add_limits, add_service_flags, create, create_index, drop, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_pk_auto, integer, string_len, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut php = Table::create();
        php.table("php_configs")
            .col(big_pk_auto("id"))
            .col(string_len("description", 100))
            .col(string_len("binary", 255))
            .col(text("php_ini"))
            .col(big_integer("created_at"));
        create(manager, php).await?;
        let mut servers = Table::create();
        servers
            .table("mysql_servers")
            .col(big_integer("id").primary_key())
            .col(string_len("name", 100))
            .col(string_len("host", 255))
            .col(integer("port").default(3306))
            .col(big_integer("created_at"));
        create(manager, servers).await?;
        let mut plans = Table::create();
        plans
            .table("plans")
            .col(big_pk_auto("id"))
            .col(big_integer("owner_id"))
            .col(string_len("name", 255))
            .col(text("description"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .col(big_integer("version").default(1))
            .foreign_key(&mut reference("plans", "owner_id", "admins", ForeignKeyAction::Cascade));
        add_limits(&mut plans);
        add_service_flags(&mut plans);
        create(manager, plans).await?;
        create_index(manager, "plans", &["owner_id", "name"], false).await?;
        let mut chosen = Table::create();
        chosen
            .table("plan_php_configs")
            .col(big_integer("plan_id"))
            .col(big_integer("php_config_id"))
            .primary_key(Index::create().col("plan_id").col("php_config_id"))
            .foreign_key(&mut reference(
                "plan_php_configs",
                "plan_id",
                "plans",
                ForeignKeyAction::Cascade,
            ))
            .foreign_key(&mut reference(
                "plan_php_configs",
                "php_config_id",
                "php_configs",
                ForeignKeyAction::Cascade,
            ));
        create(manager, chosen).await?;
        create_index(manager, "plan_php_configs", &["php_config_id"], false).await?;
        let mut php = Query::insert();
        php.into_table("php_configs")
            .columns(["description", "binary", "php_ini", "created_at"])
            .values_panic(["System PHP".into(), "/usr/bin/php-cgi".into(), "".into(), 0.into()]);
        manager.execute(php).await?;
        let mut server = Query::insert();
        server
            .into_table("mysql_servers")
            .columns(["id", "name", "host", "port", "created_at"])
            .values_panic([0.into(), "Default".into(), "localhost".into(), 3306.into(), 0.into()]);
        manager.execute(server).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "plan_php_configs").await?;
        drop(manager, "plans").await?;
        drop(manager, "mysql_servers").await?;
        drop(manager, "php_configs").await
    }
}
