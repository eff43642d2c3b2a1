//! What a list is asked for: words, conditions, order, page. One reading serves the page, its total
//! and its export.

mod column;
mod others;
mod parse;
mod text;

pub use column::{Column, Field, LimitOf, UsageOf};
pub use others::{AdminColumn, PlanColumn};
pub use parse::parse_search;
pub use text::{SEARCH_MAX, search_text};

use super::account::Language;
use super::id::{AdminId, PlanId};
use super::scope::Scope;

/// How a column is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Text that contains these characters, whatever their case; `%` and `_` mean themselves.
    Contains(String),
    /// Text that contains this pattern, whatever its case: `%` stands for any characters, `_` for
    /// one, and a backslash before a character takes that meaning from it.
    Matches(String),
    /// A text, whatever its case.
    TextIs(String),
    /// Another text.
    TextIsNot(String),
    /// One of these texts.
    TextIn(Vec<String>),
    /// A number (bytes, things, seconds since 1970, 0 or 1).
    NumberIs(i64),
    /// Another number.
    NumberIsNot(i64),
    /// A smaller number.
    Below(i64),
    /// A larger number; no limit is larger than any.
    Above(i64),
    /// One of these numbers.
    NumberIn(Vec<i64>),
    /// One of these numbers of whole units: the fraction is cut off, as rows show it.
    UnitsIn(Vec<i64>, u64),
    /// No limit.
    Unlimited,
    /// Some limit.
    NotUnlimited,
    /// Text sorted before this.
    TextBelow(String),
    /// Text sorted after this.
    TextAbove(String),
    /// A number whose digits, counted in this unit, contain these.
    DigitsContain(String, u64),
    /// The same with a pattern, as [`Test::Matches`] has it.
    DigitsMatch(String, u64),
    /// A number from this to that, both included; no limit is none of them.
    Within(i64, i64),
    /// Whatever it is.
    Always,
    /// At least one of these.
    Any(Vec<Test>),
    /// Not this; no limit is not any number.
    Not(Box<Test>),
}

/// A column and what must hold for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition<C = Column> {
    /// Which column.
    pub column: C,
    /// What must hold.
    pub test: Test,
}

/// State of a customer in lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Not suspended.
    Active,
    /// Suspended.
    Suspended,
    /// Locked after failed sign-ins.
    Locked,
}

impl Status {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Active, Self::Suspended, Self::Locked];

    /// As in the page's address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Locked => "locked",
        }
    }

    /// Reads a state.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == text)
    }
}

/// Order of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

impl Direction {
    /// The other way round.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

/// Which customers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all occur in the searched columns, lower case.
    pub words: Vec<String>,
    /// Conditions that must all hold.
    pub conditions: Vec<Condition>,
    /// Only this state.
    pub status: Option<Status>,
    /// Only of this admin.
    pub owner: Option<AdminId>,
    /// Only with this plan.
    pub plan: Option<PlanId>,
    /// Only with this language.
    pub language: Option<Language>,
}

impl Filter {
    /// The scope that this filter, applied to another scope, comes to: if it lets everybody
    /// through, or all customers of one owner.
    #[must_use]
    pub fn whole(&self, scope: Scope) -> Option<Scope> {
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

/// The order with the id as last column, so that it tells any two rows apart: only such an order
/// can be cut into pages or reversed.
#[must_use]
pub fn total_order(order: &[(Column, Direction)]) -> Vec<(Column, Direction)> {
    let mut order = order.to_vec();
    if order.iter().all(|(column, _)| *column != Column::Id) {
        let direction = order.last().map_or(Direction::Ascending, |(_, direction)| *direction);
        order.push((Column::Id, direction));
    }
    order
}

/// Which of them, in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Which customers.
    pub filter: Filter,
    /// By which columns, most important first; the id decides between equals.
    pub order: Vec<(Column, Direction)>,
    /// At most so many rows.
    pub limit: u64,
    /// After so many rows.
    pub offset: u64,
}

/// What one of the shorter lists is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question<C> {
    /// A word that must occur in one of the columns that people search; empty for any.
    pub word: String,
    /// Conditions that must all hold.
    pub conditions: Vec<Condition<C>>,
    /// By which columns, most important first; the list's own order decides between equals.
    pub order: Vec<(C, Direction)>,
    /// At most so many rows.
    pub limit: u64,
    /// After so many rows.
    pub offset: u64,
}

impl<C> Question<C> {
    /// A part of the whole list, or of what holds a word, in the list's own order.
    #[must_use]
    pub fn part(word: impl Into<String>, limit: u64, offset: u64) -> Self {
        Self { word: word.into(), conditions: Vec::new(), order: Vec::new(), limit, offset }
    }
}

/// Some rows and how many there are in all.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The rows asked for.
    pub items: Vec<T>,
    /// How many rows the filter lets through.
    pub total: u64,
}
