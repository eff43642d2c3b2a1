//! Rows of Froxlor tables.

use super::Table;
use std::fmt;
use std::sync::Arc;

/// A row: texts by column name. `Debug` omits the values, because some of them are secret.
pub struct Row {
    table: &'static Table,
    id: i64,
    columns: Arc<[&'static str]>,
    values: Vec<Option<String>>,
}

impl Row {
    pub(super) fn new(
        table: &'static Table,
        id: i64,
        columns: Arc<[&'static str]>,
        values: Vec<Option<String>>,
    ) -> Self {
        Self { table, id, columns, values }
    }

    /// Builds a row from columns and values.
    #[must_use]
    pub fn from_values(table: &'static Table, id: i64, values: &[(&'static str, &str)]) -> Self {
        let columns = values.iter().map(|(column, _)| *column).collect();
        Self {
            table,
            id,
            columns,
            values: values.iter().map(|(_, value)| Some((*value).to_owned())).collect(),
        }
    }

    /// Returns the name of the row's table.
    #[must_use]
    pub const fn table(&self) -> &'static str {
        self.table.name
    }

    #[must_use]
    pub const fn id(&self) -> i64 {
        self.id
    }

    /// Returns the text of a column, or `None` if the column is missing or NULL.
    #[must_use]
    pub fn get(&self, column: &str) -> Option<&str> {
        let index = self.columns.iter().position(|known| *known == column)?;
        self.values[index].as_deref()
    }

    /// Returns the text of a column, or an empty text if the column is missing or NULL.
    #[must_use]
    pub fn text(&self, column: &str) -> &str {
        self.get(column).unwrap_or_default()
    }

    /// Returns the integer in a column, or `None` if there is none. A number out of the range of
    /// `i64` becomes the nearest number in that range.
    #[must_use]
    pub fn number(&self, column: &str) -> Option<i64> {
        let number = self.get(column)?.trim().parse::<i128>().ok()?;
        Some(i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX }))
    }

    /// Returns whether a column has a number other than 0, or `default` if it has no number.
    #[must_use]
    pub fn flag(&self, column: &str, default: bool) -> bool {
        self.number(column).map_or(default, |number| number != 0)
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row({} {})", self.table.name, self.id)
    }
}
