//! Reads the database of a Froxlor 2.x panel.
//!
//! Its schema differs between versions, so columns are read by name and as text, and missing
//! columns count as empty. Functions fail with the errors of that database.

mod row;
pub mod tables;

pub use row::Row;
pub use tables::Table;

use super::DbError;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection,
    DatabaseTransaction, DbBackend, IsolationLevel, QueryResult, Statement, TransactionOptions,
    TransactionTrait as _,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

/// Timeout for connecting. Someone waits at a terminal, and a server that has not responded by then
/// most likely has a wrong address.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// A connection to the database of a panel. All reads run in one transaction and see one snapshot.
pub struct Source {
    transaction: DatabaseTransaction,
    /// Columns by table, in lowercase.
    columns: BTreeMap<String, BTreeSet<String>>,
    /// Keeps the connection open until the source is dropped.
    _pool: DatabaseConnection,
}

impl Source {
    /// Opens the database at `url` (`mysql://`).
    pub async fn open(url: &str) -> Result<Self, DbError> {
        let mut options = ConnectOptions::new(super::mysql_tls::with_ssl_mode(url));
        options
            .max_connections(1)
            .connect_timeout(CONNECT_TIMEOUT)
            .acquire_timeout(CONNECT_TIMEOUT)
            .sqlx_logging(false);
        let pool = Database::connect(options).await?;
        let options = TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        };
        let transaction = pool.begin_with_options(options).await?;
        let mut source = Self { transaction, columns: BTreeMap::new(), _pool: pool };
        let sql = "SELECT CAST(LOWER(table_name) AS CHAR) AS t, CAST(LOWER(column_name) AS CHAR) AS c \
                   FROM information_schema.columns WHERE table_schema = DATABASE()";
        for row in source.query(sql).await? {
            source.columns.entry(row.try_get("", "t")?).or_default().insert(row.try_get("", "c")?);
        }
        Ok(source)
    }

    /// Returns whether the table exists.
    #[must_use]
    pub fn has_table(&self, table: &Table) -> bool {
        self.columns.contains_key(table.name)
    }

    /// Returns the number of rows; 0 if the table does not exist.
    pub async fn count(&self, table: &Table) -> Result<u64, DbError> {
        if !self.has_table(table) {
            return Ok(0);
        }
        let rows = self.query(&format!("SELECT COUNT(*) AS n FROM `{}`", table.name)).await?;
        let n: Option<i64> = rows.first().map(|row| row.try_get("", "n")).transpose()?;
        Ok(n.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
    }

    /// Returns the next rows after the id `after`, sorted by id; an empty list after the last row.
    /// `condition` is an SQL condition on the rows, or empty.
    pub async fn page(
        &self,
        table: &'static Table,
        condition: &'static str,
        after: i64,
        limit: u64,
    ) -> Result<Vec<Row>, DbError> {
        let Some(known) = self.columns.get(table.name).filter(|known| known.contains(table.key))
        else {
            return Ok(Vec::new());
        };
        let present: Vec<&'static str> =
            table.columns.iter().copied().filter(|column| known.contains(*column)).collect();
        // Columns are read as text, because the driver has no value for dates such as `0000-00-00`.
        let list: Vec<String> = present
            .iter()
            .map(|column| format!("CAST(`{column}` AS CHAR) AS `{column}`"))
            .collect();
        let and_condition =
            if condition.is_empty() { String::new() } else { format!(" AND ({condition})") };
        let sql = format!(
            "SELECT CAST(`{key}` AS SIGNED) AS clientele_key, {} FROM `{}` WHERE `{key}` > {after}{and_condition} ORDER BY `{key}` LIMIT {limit}",
            list.join(", "),
            table.name,
            key = table.key,
        );
        let columns: Arc<[&'static str]> = present.into();
        let row = |row: QueryResult| {
            let values = columns
                .iter()
                .map(|column| row.try_get("", column))
                .collect::<Result<Vec<Option<String>>, _>>()?;
            Ok(Row::new(table, row.try_get("", "clientele_key")?, columns.clone(), values))
        };
        self.query(&sql).await?.into_iter().map(row).collect()
    }

    /// Returns the names of the tables that have rows and are not among `known`.
    pub async fn other_tables(&self, known: &[&Table]) -> Result<Vec<String>, DbError> {
        let mut found = Vec::new();
        for name in self
            .columns
            .keys()
            .filter(|name| !known.iter().any(|table| table.name == *name) && !name.contains('`'))
        {
            if !self.query(&format!("SELECT 1 AS n FROM `{name}` LIMIT 1")).await?.is_empty() {
                found.push(name.clone());
            }
        }
        Ok(found)
    }

    async fn query(&self, sql: &str) -> Result<Vec<QueryResult>, DbError> {
        Ok(self.transaction.query_all_raw(Statement::from_string(DbBackend::MySql, sql)).await?)
    }
}
