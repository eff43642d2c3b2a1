//! `jobs`: which come first, which wait for each other, and how many of a kind run at once. A
//! program that does not know these columns yet goes on beside one that does: what it writes is of
//! middle priority and waits for nothing.

use crate::columns::{add, index};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{small_integer, string_len_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Carries the worker's question: what is due in this state and of this priority, and for whom it
/// may have to wait.
const DUE: [&str; 6] = ["state", "priority", "run_at", "id", "kind", "order_key"];
const ORDER: [&str; 3] = ["order_key", "state", "id"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite takes one column at a time.
        for column in [
            // 0 first, then 10, then 20.
            small_integer("priority").default(10).to_owned(),
            // Jobs of one key run one after the other.
            string_len_null("order_key", 120),
            // A running job of which only so many may run has one of so many places.
            string_len_null("slot", 60),
        ] {
            add(manager, "jobs", column).await?;
        }
        index(manager, "jobs", &DUE, false).await?;
        index(manager, "jobs", &ORDER, false).await?;
        index(manager, "jobs", &["slot"], true).await
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
