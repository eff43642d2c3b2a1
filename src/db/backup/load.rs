//! Rows, in.

use super::tables::{Table, all};
use crate::Db;
use anyhow::{Context as _, bail, ensure};
use domain::backup::Line;
use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction, DbBackend, EntityTrait, TransactionTrait as _,
};
use serde_json::Value;

/// Values that one statement may carry on every engine.
const VALUES: usize = 30_000;
/// Rows that are held before they are written.
const ROWS: usize = 500;
/// Characters of text in them; one row may have more.
const TEXT: usize = 4 << 20;

/// A database that takes lines in, all or none.
pub struct Loading {
    to: DatabaseTransaction,
    tables: Vec<Box<dyn Table>>,
    /// The table that the rows belong to, by its place among the tables, and its columns.
    current: Option<(usize, Vec<String>)>,
    rows: Vec<Vec<Value>>,
    /// Characters of text in the rows.
    text: usize,
}

/// Begins to take lines into a database that nobody has used.
///
/// # Errors
/// Where there is anybody in it already, and the database's.
pub async fn load(db: &Db) -> anyhow::Result<Loading> {
    let to = db.pool.begin().await?;
    let used = crate::entities::login::Entity::find().one(&to).await?.is_some();
    ensure!(
        !used,
        "the database has accounts already; a backup is only restored into an empty one"
    );
    let tables = all();
    // A new database has a few rows of its own.
    for table in tables.iter().rev() {
        table.clear(&to).await?;
    }
    Ok(Loading { to, tables, current: None, rows: Vec::new(), text: 0 })
}

impl Loading {
    /// Takes a line in.
    ///
    /// # Errors
    /// A table, a column or a value that does not fit, and the database's.
    pub async fn take(&mut self, line: Line) -> anyhow::Result<()> {
        match line {
            Line::Table { table, columns } => {
                self.write().await?;
                let place = self.tables.iter().position(|known| known.name() == table);
                let place =
                    place.with_context(|| format!("there is no table {table} in this version"))?;
                self.current = Some((place, columns));
            }
            Line::Row(row) => {
                let Some((_, columns)) = &self.current else {
                    bail!("a row stands before any table")
                };
                ensure!(
                    row.len() == columns.len(),
                    "a row has {} values and not {}",
                    row.len(),
                    columns.len()
                );
                self.text +=
                    row.iter().map(|value| value.as_str().map_or(0, str::len)).sum::<usize>();
                self.rows.push(row);
                if self.text >= TEXT || self.rows.len() >= ROWS.min(VALUES / columns.len().max(1)) {
                    self.write().await?;
                }
            }
        }
        Ok(())
    }

    /// Keeps everything.
    ///
    /// # Errors
    /// The database's.
    pub async fn finish(mut self) -> anyhow::Result<()> {
        self.write().await?;
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

    async fn write(&mut self) -> anyhow::Result<()> {
        let rows = std::mem::take(&mut self.rows);
        self.text = 0;
        match &self.current {
            Some((place, columns)) if !rows.is_empty() => {
                self.tables[*place].load(&self.to, columns, rows).await
            }
            _ => Ok(()),
        }
    }
}
