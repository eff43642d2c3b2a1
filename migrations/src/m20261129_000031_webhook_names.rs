//! Makes the names of webhooks unique. If several have the same name, regardless of case, all but
//! the first get their id appended.

use crate::columns::create_index;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DbBackend, Statement, Value};
use std::collections::HashSet;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Maximum length of the column, in characters.
const MAX_LABEL_LENGTH: usize = 100;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        let engine = on.get_database_backend();
        let mut known = HashSet::new();
        for row in on
            .query_all_raw(Statement::from_string(
                engine,
                "SELECT id, label FROM webhooks ORDER BY id",
            ))
            .await?
        {
            let (id, label): (i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            if known.insert(label.to_lowercase()) {
                continue;
            }
            let suffix = format!(" ({id})");
            let prefix: String = label.chars().take(MAX_LABEL_LENGTH - suffix.len()).collect();
            let label = format!("{prefix}{suffix}");
            let sql = match engine {
                DbBackend::Postgres => "UPDATE webhooks SET label = $1 WHERE id = $2",
                _ => "UPDATE webhooks SET label = ? WHERE id = ?",
            };
            on.execute_raw(Statement::from_sql_and_values(
                engine,
                sql,
                [Value::from(label.clone()), Value::from(id)],
            ))
            .await?;
            known.insert(label.to_lowercase());
        }
        create_index(manager, "webhooks", &["label"], true).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(Index::drop().name("uq_webhooks_label").table("webhooks").to_owned())
            .await
    }
}
