//! Restores a backup.

use super::tables::{SELF_REFERENCE, Table, all};
use crate::Db;
use crate::entities::domain_name;
use crate::values::MAX_VALUES;
use anyhow::{Context as _, bail, ensure};
use domain::backup::Line;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DatabaseTransaction, DbBackend, EntityTrait as _,
    QueryFilter as _, TransactionTrait as _,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// Maximum number of rows in the buffer.
const MAX_ROWS: usize = 500;
/// Length of the buffered text, in bytes, at which the buffer is flushed. A single row may be
/// longer.
const MAX_TEXT: usize = 4 << 20;

/// A restore in progress. It is one transaction, so all lines are restored or none.
pub struct Restore {
    to: DatabaseTransaction,
    tables: Vec<Box<dyn Table>>,
    current: Option<CurrentTable>,
    rows: Vec<Vec<Value>>,
    /// Length of the text in `rows`, in bytes.
    text: usize,
    /// Ids of subdomains by the id of their domain. A backup may contain a subdomain before its
    /// domain, so the rows are inserted without this reference.
    subdomains: BTreeMap<i64, Vec<i64>>,
}

/// The table whose rows are being restored.
struct CurrentTable {
    /// Index in [`Restore::tables`].
    index: usize,
    columns: Vec<String>,
    /// Positions of `id` and of [`SELF_REFERENCE`], if the table has that column.
    self_reference: Option<(usize, usize)>,
}

/// Begins a restore into an empty database.
///
/// # Errors
/// If the database already has accounts.
pub async fn begin_restore(db: &Db) -> anyhow::Result<Restore> {
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
    let (rows, subdomains) = (Vec::new(), BTreeMap::new());
    Ok(Restore { to, tables, current: None, rows, text: 0, subdomains })
}

impl Restore {
    /// Restores a line.
    ///
    /// # Errors
    /// If a table, a column or a value does not fit the schema.
    pub async fn restore_line(&mut self, line: Line) -> anyhow::Result<()> {
        match line {
            Line::Table { table, columns } => {
                self.flush().await?;
                let index = self.tables.iter().position(|known| known.name() == table);
                let index = index.with_context(|| format!("this version has no table {table}"))?;
                let position = |name: &str| columns.iter().position(|column| column == name);
                let self_reference = (table == SELF_REFERENCE.0)
                    .then(|| position("id").zip(position(SELF_REFERENCE.1)))
                    .flatten();
                self.current = Some(CurrentTable { index, columns, self_reference });
            }
            Line::Row(mut row) => {
                let Some(CurrentTable { columns, self_reference, .. }) = &self.current else {
                    bail!("a row comes before the first table")
                };
                ensure!(
                    row.len() == columns.len(),
                    "a row has {} values instead of {}",
                    row.len(),
                    columns.len()
                );
                if let Some((id, parent)) = *self_reference
                    && let Some(domain) = row[parent].as_i64()
                {
                    let subdomain = row[id].as_i64().context("an id is not an integer")?;
                    self.subdomains.entry(domain).or_default().push(subdomain);
                    row[parent] = Value::Null;
                }
                self.text +=
                    row.iter().map(|value| value.as_str().map_or(0, str::len)).sum::<usize>();
                self.rows.push(row);
                let rows = MAX_ROWS.min(MAX_VALUES / columns.len().max(1));
                if self.text >= MAX_TEXT || self.rows.len() >= rows {
                    self.flush().await?;
                }
            }
        }
        Ok(())
    }

    /// Writes the remaining rows and the references from subdomains to their domains, advances the
    /// id sequences of PostgreSQL, and commits.
    pub async fn finish(mut self) -> anyhow::Result<()> {
        self.flush().await?;
        for (domain, subdomains) in &self.subdomains {
            for chunk in subdomains.chunks(MAX_VALUES - 1) {
                domain_name::Entity::update_many()
                    .col_expr(domain_name::Column::ParentId, Expr::value(*domain))
                    .filter(domain_name::Column::Id.is_in(chunk.iter().copied()))
                    .exec(&self.to)
                    .await?;
            }
        }
        if self.to.get_database_backend() == DbBackend::Postgres {
            for table in self.tables.iter().filter(|table| table.is_numbered()) {
                let name = table.name();
                let sql = format!(
                    "SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM {name}), false)"
                );
                self.to.execute_unprepared(&sql).await?;
            }
        }
        Ok(self.to.commit().await?)
    }

    async fn flush(&mut self) -> anyhow::Result<()> {
        let rows = std::mem::take(&mut self.rows);
        self.text = 0;
        match &self.current {
            Some(CurrentTable { index, columns, .. }) if !rows.is_empty() => {
                self.tables[*index].insert(&self.to, columns, rows).await
            }
            _ => Ok(()),
        }
    }
}
