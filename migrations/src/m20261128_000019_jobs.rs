//! `jobs`: priority, order and concurrency limits. The previous version, which does not know these
//! columns, can run beside this one: its jobs have the middle priority and wait for no other job.

use crate::columns::{add, create_index};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{small_integer, string_len_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Index for the worker's query for due jobs by state and priority, with the columns that decide
/// whether a job must wait for another one.
const DUE: [&str; 6] = ["state", "priority", "run_at", "id", "kind", "order_key"];
/// Index for the query for earlier jobs with the same order key.
const ORDER: [&str; 3] = ["order_key", "state", "id"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column per statement.
        for column in [
            // 0 is the most urgent priority, 20 the least urgent one.
            small_integer("priority").default(10).to_owned(),
            // Jobs with the same key run one after the other.
            string_len_null("order_key", 120),
            // Jobs of a kind with a concurrency limit each take one of its slots while they run.
            string_len_null("slot", 60),
        ] {
            add(manager, "jobs", column).await?;
        }
        create_index(manager, "jobs", &DUE, false).await?;
        create_index(manager, "jobs", &ORDER, false).await?;
        create_index(manager, "jobs", &["slot"], true).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in [
            "uq_jobs_slot".to_owned(),
            format!("ix_jobs_{}", ORDER.join("_")),
            format!("ix_jobs_{}", DUE.join("_")),
        ] {
            manager.drop_index(Index::drop().name(name).table("jobs").to_owned()).await?;
        }
        for column in ["slot", "order_key", "priority"] {
            manager
                .alter_table(Table::alter().table("jobs").drop_column(column).to_owned())
                .await?;
        }
        Ok(())
    }
}
