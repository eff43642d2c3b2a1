//! Queries of lists: words, conditions, order and page. A page, its total and its export use the
//! same query.

mod admin_and_plan_columns;
mod column;
mod parse;

pub use admin_and_plan_columns::{AdminColumn, PlanColumn};
pub use column::{Column, Field, LimitOf, UsageOf};
pub use parse::parse_search;

use super::account::Language;
use super::id::{AdminId, PlanId};
use super::scope::Scope;
use super::text::nfc;
use super::validation::{ErrorCode, ValidationError};
use std::borrow::Cow;

/// The maximum length of a text to search for, in characters. Engines refuse patterns and
/// statements beyond some size.
pub const SEARCH_MAX: usize = 500;

/// Returns a text to search for, in Unicode's composed form (NFC). Every list, filter and export
/// reads its search with this function.
///
/// # Errors
/// `search-too-long` (`max`).
pub fn search_text(text: &str) -> Result<Cow<'_, str>, ValidationError> {
    let text = nfc(text);
    if text.chars().nth(SEARCH_MAX).is_some() {
        return Err(ValidationError::new(ErrorCode::SearchTooLong).with("max", SEARCH_MAX));
    }
    Ok(text)
}

/// A test of a column's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// Text that contains these characters, ignoring case. `%` and `_` are plain characters.
    Contains(String),
    /// Text that contains this pattern, ignoring case. `%` stands for any characters and `_` for
    /// one. A backslash makes the next character a plain one.
    Matches(String),
    /// The same text, ignoring case.
    TextIs(String),
    /// Another text, ignoring case.
    TextIsNot(String),
    /// One of these texts.
    TextIn(Vec<String>),
    /// The same number: bytes, a count, seconds since 1970, 0 or 1.
    NumberIs(i64),
    /// Another number.
    NumberIsNot(i64),
    /// A smaller number.
    Below(i64),
    /// A larger number. An unlimited column is larger than every number.
    Above(i64),
    /// One of these numbers.
    NumberIn(Vec<i64>),
    /// One of these numbers in whole units of the given size. Fractions are truncated, as rows show
    /// them.
    UnitsIn(Vec<i64>, u64),
    Unlimited,
    Limited,
    /// Text that sorts before this text.
    TextBelow(String),
    /// Text that sorts after this text.
    TextAbove(String),
    /// A number whose digits, in units of the given size, contain these digits.
    DigitsContain(String, u64),
    /// The same with a pattern, as in [`Predicate::Matches`].
    DigitsMatch(String, u64),
    /// A number in this range, both ends included. An unlimited column is outside every range.
    Within(i64, i64),
    /// Any value.
    Always,
    /// At least one of these tests passes.
    Any(Vec<Predicate>),
    /// This test does not pass. An unlimited column is not equal to any number.
    Not(Box<Predicate>),
}

/// A column and the test of its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition<C = Column> {
    pub column: C,
    pub test: Predicate,
}

/// The status of a customer in lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    Active,
    Suspended,
    /// Locked after failed sign-ins.
    Locked,
}

impl Status {
    pub const ALL: [Self; 3] = [Self::Active, Self::Suspended, Self::Locked];

    /// Returns the code as in the URL of the page.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Locked => "locked",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == text)
    }
}

/// The sort direction of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    #[default]
    Ascending,
    Descending,
}

impl Direction {
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

/// Selects customers for a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words, in lowercase. Each must occur in one of the searched columns.
    pub words: Vec<String>,
    /// Conditions that must all hold.
    pub conditions: Vec<Condition>,
    pub status: Option<Status>,
    pub owner: Option<AdminId>,
    pub plan: Option<PlanId>,
    pub language: Option<Language>,
}

impl Filter {
    /// Returns the scope that contains exactly the customers of this filter within `scope`. Returns
    /// `None` unless the filter selects all customers, or all customers of one owner.
    #[must_use]
    pub fn as_scope(&self, scope: Scope) -> Option<Scope> {
        let owner = self.owner;
        if *self != (Self { owner, ..Self::default() }) {
            return None;
        }
        match (scope, owner) {
            (scope, None) => Some(scope),
            (Scope::All, Some(owner)) => Some(Scope::OwnedBy(owner)),
            (Scope::OwnedBy(own), Some(owner)) if own == owner => Some(scope),
            _ => None,
        }
    }
}

/// Returns the order with the id as its last column, so that any two rows are ordered. Only such an
/// order can be divided into pages or reversed.
#[must_use]
pub fn total_order(order: &[(Column, Direction)]) -> Vec<(Column, Direction)> {
    let mut order = order.to_vec();
    if order.iter().all(|(column, _)| *column != Column::Id) {
        let direction = order.last().map_or(Direction::Ascending, |(_, direction)| *direction);
        order.push((Column::Id, direction));
    }
    order
}

/// A query of the customer list: filter, order and page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerQuery {
    pub filter: Filter,
    /// Columns, the most important first. The id decides between equal rows.
    pub order: Vec<(Column, Direction)>,
    /// Maximum number of rows.
    pub limit: u64,
    /// Number of rows to skip.
    pub offset: u64,
}

/// A query of one of the shorter lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery<C> {
    /// A word that must occur in one of the searched columns; empty for all rows.
    pub word: String,
    /// Conditions that must all hold.
    pub conditions: Vec<Condition<C>>,
    /// Columns, the most important first. The list's own order decides between equal rows.
    pub order: Vec<(C, Direction)>,
    /// Maximum number of rows.
    pub limit: u64,
    /// Number of rows to skip.
    pub offset: u64,
}

impl<C> ListQuery<C> {
    /// Returns the query for a page of the rows that contain a word, in the list's own order. An
    /// empty word selects all rows.
    #[must_use]
    pub fn page(word: impl Into<String>, limit: u64, offset: u64) -> Self {
        Self { word: word.into(), conditions: Vec::new(), order: Vec::new(), limit, offset }
    }
}

/// Some rows of a list, and the number of all rows.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Number of all rows that the query selects.
    pub total: u64,
}

#[cfg(test)]
mod tests;
