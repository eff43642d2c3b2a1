//! Rows as JSON, and snapshots of all tables.

use super::TestApp;
use super::database::{Engine, engine};
use sea_orm::{FromQueryResult as _, JsonValue, Statement};
use serde_json::Value;
use std::collections::BTreeMap;

/// Tables that requests may change although they change nothing else: sessions, and counts of
/// attempts.
const EXCLUDED: [&str; 2] = ["sessions", "throttles"];

impl TestApp {
    /// Returns the rows of a query.
    pub async fn json(&self, sql: &str) -> Value {
        Value::Array(self.json_rows(sql).await)
    }

    async fn json_rows(&self, sql: &str) -> Vec<Value> {
        let statement = Statement::from_string(self.raw().get_database_backend(), sql);
        JsonValue::find_by_statement(statement)
            .all(self.raw())
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// Returns the names of all tables of the schema, without those of the migrations and of
    /// SQLite's search index.
    async fn tables(&self) -> Vec<String> {
        let sql = match engine() {
            Engine::Sqlite => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                 AND name NOT LIKE 'customers_search%' AND name <> 'seaql_migrations'"
            }
            Engine::Postgres => {
                "SELECT CAST(tablename AS TEXT) FROM pg_tables \
                 WHERE schemaname = 'public' AND tablename <> 'seaql_migrations'"
            }
            Engine::Mariadb => {
                "SELECT CONVERT(table_name USING utf8mb4) FROM information_schema.tables \
                 WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' \
                 AND table_name <> 'seaql_migrations'"
            }
        };
        self.texts(sql).await
    }

    /// Returns all rows of all tables except [`EXCLUDED`], to compare two moments.
    pub async fn dump(&self) -> BTreeMap<String, Vec<String>> {
        let mut dump = BTreeMap::new();
        for table in self.tables().await {
            if EXCLUDED.contains(&table.as_str()) {
                continue;
            }
            let rows = self.json_rows(&format!("SELECT * FROM \"{table}\"")).await;
            let mut rows: Vec<String> = rows.iter().map(Value::to_string).collect();
            rows.sort_unstable();
            dump.insert(table, rows);
        }
        dump
    }
}
