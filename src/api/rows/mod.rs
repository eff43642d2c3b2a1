//! Rows as Froxlor's clients read them: Froxlor's column names and units, and its ways to write
//! lists and "unlimited". They contain no secrets: no password hash, second factor or private key
//! (docs/compatibility.md#d28).

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

/// A page of rows, with the total number of rows.
#[derive(Serialize, JsonSchema)]
pub struct List<T> {
    /// Number of rows in this response.
    pub count: usize,
    /// Number of rows that match the search, on all pages.
    pub total: u64,
    pub list: Vec<T>,
}

impl<T> List<T> {
    #[must_use]
    pub fn of(list: Vec<T>, total: u64) -> Self {
        Self { count: list.len(), total, list }
    }
}

/// Returns the size of one unit of a column, in bytes or items.
pub(super) fn unit(column: &str) -> u64 {
    match column.trim_end_matches("_used") {
        "diskspace" | "traffic" => KIB,
        "email_quota" => MIB,
        _ => 1,
    }
}

/// Returns a limit in the units of rows. Unlimited is -1 in the unit of the parameter.
fn limit(resource: Resource, quota: Quota) -> i64 {
    let unlimited = match resource {
        Resource::Diskspace => -1024,
        Resource::Traffic => -1_048_576,
        _ => -1,
    };
    quota.limit().map_or(unlimited, |n| amount(resource, n))
}

/// Returns an amount in the units of rows.
fn amount(resource: Resource, n: u64) -> i64 {
    to_i64(n / unit(resource.name()))
}

/// Returns a limit without a unit. Unlimited is -1.
fn count_limit(quota: Quota) -> i64 {
    quota.limit().map_or(-1, to_i64)
}

fn to_i64(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn kib(bytes: u64) -> i64 {
    to_i64(bytes / KIB)
}

/// Returns seconds since 1970; 0 means never.
fn time(at: Option<Timestamp>) -> i64 {
    at.map_or(0, Timestamp::as_second)
}

/// Returns ids as a text with a JSON array, or an empty text if there are none.
fn ids(ids: impl Iterator<Item = i64>) -> String {
    let ids: Vec<Value> = ids.map(Value::from).collect();
    if ids.is_empty() { String::new() } else { Value::from(ids).to_string() }
}

/// Returns Froxlor's name of a theme.
fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "Froxlor",
        Theme::Dark => "Froxlor_dark",
        Theme::Light => "light",
    }
}
