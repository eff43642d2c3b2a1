//! `disk_usage` and `traffic_usage`: daily measurements in bytes.

use crate::columns::{count, create, drop, reference};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut disk = Table::create();
        disk.table("disk_usage")
            .col(big_integer("customer_id"))
            .col(big_integer("measured_at"))
            .col(count("web"))
            .col(count("mail"))
            .col(count("mysql"))
            .primary_key(Index::create().col("customer_id").col("measured_at"))
            .foreign_key(&mut reference(
                "disk_usage",
                "customer_id",
                "customers",
                ForeignKeyAction::Cascade,
            ));
        create(manager, disk).await?;
        let mut traffic = Table::create();
        traffic
            .table("traffic_usage")
            .col(big_integer("customer_id"))
            .col(big_integer("measured_at"))
            .col(count("http"))
            .col(count("ftp"))
            .col(count("mail"))
            .primary_key(Index::create().col("customer_id").col("measured_at"))
            .foreign_key(&mut reference(
                "traffic_usage",
                "customer_id",
                "customers",
                ForeignKeyAction::Cascade,
            ));
        create(manager, traffic).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "traffic_usage").await?;
        drop(manager, "disk_usage").await
    }
}
