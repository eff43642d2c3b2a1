//! Rows as JSON, and snapshots of all tables.

use super::TestApp;
use sea_orm::{FromQueryResult as _, JsonValue, Statement};
use serde_json::Value;
use std::collections::BTreeMap;

/// Every table except sessions and tables that change by themselves.
const TABLES: [&str; 22] = [
    "logins",
    "admins",
    "php_configs",
    "mysql_servers",
    "plans",
    "plan_php_configs",
    "customers",
    "customer_php_configs",
    "customer_mysql_servers",
    "domains",
    "ftp_users",
    "ftp_groups",
    "mail_users",
    "mail_addresses",
    "databases",
    "disk_usage",
    "traffic_usage",
    "api_keys",
    "jobs",
    "audit_entries",
    "settings",
    "counters",
];

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

    /// Returns all rows of all tables, to compare two moments.
    pub async fn dump(&self) -> BTreeMap<&'static str, Vec<String>> {
        let mut dump = BTreeMap::new();
        for table in TABLES {
            let rows = self.json_rows(&format!("SELECT * FROM \"{table}\"")).await;
            let mut rows: Vec<String> = rows.iter().map(Value::to_string).collect();
            rows.sort_unstable();
            dump.insert(table, rows);
        }
        dump
    }
}
