//! Restores rows.

use super::tables::{Table, all};
use crate::Db;
use anyhow::{Context as _, bail, ensure};
use domain::backup::Line;
use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction, DbBackend, EntityTrait, TransactionTrait as _,
};
use serde_json::Value;

/// Maximum number of values in one statement, which every engine accepts.
const VALUES: usize = 30_000;
/// Maximum number of rows in the buffer.
const ROWS: usize = 500;
/// Length of the buffered text, in bytes, at which the buffer is flushed. A single row may be
/// longer.
const TEXT: usize = 4 << 20;

/// A restore in progress. It is one transaction, so all lines are restored or none.
pub struct Restore {
    to: DatabaseTransaction,
    tables: Vec<Box<dyn Table>>,
    /// Index of the current table in `tables`, and the columns of its rows.
    current: Option<(usize, Vec<String>)>,
    rows: Vec<Vec<Value>>,
    /// Length of the text in `rows`, in bytes.
    text: usize,
}

/// Begins a restore into a new database.
///
/// # Errors
/// If the database has accounts already.
pub async fn load(db: &Db) -> anyhow::Result<Restore> {
    let to = db.pool.begin().await?;
    let used = crate::entities::login::Entity::find().one(&to).await?.is_some();
    ensure!(
        !used,
        "the database already has accounts; a backup can only be restored into an empty database"
    );
    let tables = all();
    // The migrations insert a few rows into a new database.
    for table in tables.iter().rev() {
        table.clear(&to).await?;
    }
    Ok(Restore { to, tables, current: None, rows: Vec::new(), text: 0 })
}

impl Restore {
    /// Restores a line.
    ///
    /// # Errors
    /// If a table, a column or a value does not fit the schema.
    pub async fn take(&mut self, line: Line) -> anyhow::Result<()> {
        match line {
            Line::Table { table, columns } => {
                self.flush().await?;
                let index = self.tables.iter().position(|known| known.name() == table);
                let index = index.with_context(|| format!("this version has no table {table}"))?;
                self.current = Some((index, columns));
            }
            Line::Row(row) => {
                let Some((_, columns)) = &self.current else {
                    bail!("a row comes before the first table")
                };
                ensure!(
                    row.len() == columns.len(),
                    "a row has {} values instead of {}",
                    row.len(),
                    columns.len()
                );
                self.text +=
                    row.iter().map(|value| value.as_str().map_or(0, str::len)).sum::<usize>();
                self.rows.push(row);
                if self.text >= TEXT || self.rows.len() >= ROWS.min(VALUES / columns.len().max(1)) {
                    self.flush().await?;
                }
            }
        }
        Ok(())
    }

    /// Writes the remaining rows and commits.
    pub async fn finish(mut self) -> anyhow::Result<()> {
        self.flush().await?;
        if self.to.get_database_backend() == DbBackend::Postgres {
            for table in self.tables.iter().filter(|table| table.is_numbered()) {
                let name = table.name();
                let next = format!(
                    "SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM {name}), false)"
                );
                self.to.execute_unprepared(&next).await?;
            }
        }
        Ok(self.to.commit().await?)
    }

    async fn flush(&mut self) -> anyhow::Result<()> {
        let rows = std::mem::take(&mut self.rows);
        self.text = 0;
        match &self.current {
            Some((index, columns)) if !rows.is_empty() => {
                self.tables[*index].load(&self.to, columns, rows).await
            }
            _ => Ok(()),
        }
    }
}
