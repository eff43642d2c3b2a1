//! Rows as Froxlor's clients read them: its column names, its units, its ways to write lists and
//! "no limit". There is no secret in any of them: no password hash, no second factor, no private
//! key (docs/compatibility.md#d28).

mod admin;
mod customer;
mod plan;
mod resources;

pub use admin::AdminRow;
pub use customer::{CustomerRow, Usage};
pub use plan::PlanRow;
pub use resources::{ResourceColumns, SwitchColumns};

use domain::account::Theme;
use domain::quota::Quota;
use domain::resources::Resource;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;

/// What a list answers: the rows of this part, and how many there are in all.
#[derive(Serialize, JsonSchema)]
pub struct List<T> {
    /// Rows in this answer.
    pub count: usize,
    /// Rows that the search lets through, on all pages.
    pub total: u64,
    /// The rows.
    pub list: Vec<T>,
}

impl<T> List<T> {
    /// A list of these rows out of so many.
    #[must_use]
    pub fn of(list: Vec<T>, total: u64) -> Self {
        Self { count: list.len(), total, list }
    }
}

/// How many bytes or things one unit of a column is.
pub(super) fn unit(column: &str) -> u64 {
    match column.trim_end_matches("_used") {
        "diskspace" | "traffic" => KIB,
        "email_quota" => MIB,
        _ => 1,
    }
}

/// A limit in the units of rows; no limit is -1 of the unit that the parameter has.
fn limit(resource: Resource, quota: Quota) -> i64 {
    let unlimited = match resource {
        Resource::Diskspace => -1024,
        Resource::Traffic => -1_048_576,
        _ => -1,
    };
    quota.limit().map_or(unlimited, |n| amount(resource, n))
}

/// An amount in the units of rows.
fn amount(resource: Resource, n: u64) -> i64 {
    whole(n / unit(resource.name()))
}

/// A number of things without a unit; no limit is -1.
fn count(quota: Quota) -> i64 {
    quota.limit().map_or(-1, whole)
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn kib(bytes: u64) -> i64 {
    whole(bytes / KIB)
}

/// Seconds since 1970; 0 is never.
fn time(at: Option<Timestamp>) -> i64 {
    at.map_or(0, Timestamp::as_second)
}

/// A list of ids as text with a JSON array in it; an empty one is the empty text.
fn ids(ids: impl Iterator<Item = i64>) -> String {
    let ids: Vec<Value> = ids.map(Value::from).collect();
    if ids.is_empty() { String::new() } else { Value::from(ids).to_string() }
}

/// Themes by Froxlor's names.
fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "Froxlor",
        Theme::Dark => "Froxlor_dark",
        Theme::Light => "light",
    }
}
