//! The database of a Froxlor 2.x panel, read only. It came about over many versions, so nothing is
//! taken for granted: columns are read by name and as text, and what is missing reads as if it were
//! empty.

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

/// Somebody waits at a terminal: a server that does not answer by then has the wrong address.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open panel database, as it was at one moment: everything is read in one transaction.
pub struct Source {
    transaction: DatabaseTransaction,
    /// Columns by table, in lower case.
    columns: BTreeMap<String, BTreeSet<String>>,
    /// Keeps the connection; it is closed with the source.
    _pool: DatabaseConnection,
}

impl Source {
    /// Opens the database at `url` (`mysql://`).
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        let mut options = ConnectOptions::new(super::mysql_tls::explicit(url));
        options
            .max_connections(1)
            .connect_timeout(PATIENCE)
            .acquire_timeout(PATIENCE)
            .sqlx_logging(false);
        let pool = Database::connect(options).await?;
        let options = TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        };
        let transaction = pool.begin_with_options(options).await?;
        let mut source = Self { transaction, columns: BTreeMap::new(), _pool: pool };
        let all = "SELECT CAST(LOWER(table_name) AS CHAR) AS t, CAST(LOWER(column_name) AS CHAR) AS c \
                   FROM information_schema.columns WHERE table_schema = DATABASE()";
        for row in source.query(all).await? {
            source.columns.entry(row.try_get("", "t")?).or_default().insert(row.try_get("", "c")?);
        }
        Ok(source)
    }

    /// Whether the table is there.
    #[must_use]
    pub fn has(&self, table: &Table) -> bool {
        self.columns.contains_key(table.name)
    }

    /// How many rows there are.
    ///
    /// # Errors
    /// The database's.
    pub async fn count(&self, table: &Table) -> Result<u64, DbError> {
        if !self.has(table) {
            return Ok(0);
        }
        let rows = self.query(&format!("SELECT COUNT(*) AS n FROM `{}`", table.name)).await?;
        let n: Option<i64> = rows.first().map(|row| row.try_get("", "n")).transpose()?;
        Ok(n.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
    }

    /// The next rows by id; `condition` narrows them. After the last there are none.
    ///
    /// # Errors
    /// The database's.
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
        // As text, whatever the type: a date of zeroes is none to a driver, but it is a text.
        let list: Vec<String> = present
            .iter()
            .map(|column| format!("CAST(`{column}` AS CHAR) AS `{column}`"))
            .collect();
        let narrowed =
            if condition.is_empty() { String::new() } else { format!(" AND ({condition})") };
        let sql = format!(
            "SELECT CAST(`{key}` AS SIGNED) AS clientele_key, {} FROM `{}` WHERE `{key}` > {after}{narrowed} ORDER BY `{key}` LIMIT {limit}",
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

    /// Tables that hold something and are none of `known`.
    ///
    /// # Errors
    /// The database's.
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
