//! Converts values of Froxlor's columns into Clientele's types: numbers, times, choices, hashes.

use super::report::{Kind, Notes};
use auth::password;
use db::froxlor::Row;
use domain::account::{Gender, Language, Theme};
use domain::customer::SignInHistory;
use domain::quota::Quota;
use domain::resources::{Limits, Resource};
use domain::secret::Secret;
use jiff::Timestamp;
use serde_json::Value;

/// Largest size: 8 PiB. Larger sizes are mistakes, and their sums would not fit into a column.
pub(super) const MAX_AMOUNT: u64 = 1 << 53;
/// Largest number in Froxlor's columns.
const INT_MAX: i64 = i32::MAX as i64;
const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;

/// Returns the number of bytes (or items) in one unit of a column.
pub(super) const fn unit(resource: Resource) -> u64 {
    match resource {
        Resource::Diskspace | Resource::Traffic => KIB,
        Resource::EmailQuota => MIB,
        _ => 1,
    }
}

/// Returns whether a number means unlimited: -1, or -1 multiplied by the factor of Froxlor's form.
const fn means_unlimited(resource: Resource, number: i64) -> bool {
    number == -1
        || matches!(
            (resource, number),
            (Resource::Diskspace, -1_024) | (Resource::Traffic, -1_048_576)
        )
}

/// Returns a limit. A negative number that does not mean unlimited is a defect of Froxlor and
/// becomes 0 (docs/compatibility.md#d1).
pub(super) fn quota(row: &Row, resource: Resource, notes: &mut Notes) -> Quota {
    match row.number(resource.name()) {
        Some(number) if means_unlimited(resource, number) => Quota::Unlimited,
        _ => Quota::Limited(amount(row, resource.name(), unit(resource), notes)),
    }
}

/// Returns a limit on the number of customers or domains.
pub(super) fn count(row: &Row, column: &str, notes: &mut Notes) -> Quota {
    if row.number(column) == Some(-1) {
        Quota::Unlimited
    } else {
        Quota::Limited(amount(row, column, 1, notes))
    }
}

pub(super) fn limits(row: &Row, notes: &mut Notes) -> Limits {
    let mut limits = Limits::NONE;
    for resource in Resource::ALL {
        limits[resource] = quota(row, resource, notes);
    }
    limits
}

/// Returns a size or count that cannot be unlimited, in bytes or items.
pub(super) fn amount(row: &Row, column: &str, unit: u64, notes: &mut Notes) -> u64 {
    let Some(text) = row.get(column) else { return 0 };
    let Some(number) = row.number(column).and_then(|number| u64::try_from(number).ok()) else {
        notes.note(Kind::Number, format!("{column} {}", quote(text)));
        return 0;
    };
    if let Some(size) = number.checked_mul(unit).filter(|size| *size <= MAX_AMOUNT) {
        return size;
    }
    notes.note(Kind::Large, format!("{column} {number}"));
    MAX_AMOUNT
}

/// Notes a number that Froxlor may have cut off (docs/compatibility.md#d8).
pub(super) fn note_clipped(row: &Row, column: &str, notes: &mut Notes) {
    if row.number(column) == Some(INT_MAX) {
        notes.note(Kind::Clipped, column);
    }
}

/// Returns a counter in bytes or items, for comparison only.
pub(super) fn stored_counter(row: &Row, column: &str, unit: u64) -> i64 {
    row.number(column).unwrap_or(0).saturating_mul(i64::try_from(unit).unwrap_or(1))
}

/// Returns a time. Returns `None` for 0, which means never, and for an invalid time, which is
/// noted. A time in the future becomes `now`.
pub(super) fn time(
    row: &Row,
    column: &str,
    now: Timestamp,
    notes: &mut Notes,
) -> Option<Timestamp> {
    let seconds = row.number(column).filter(|seconds| *seconds != 0)?;
    match Timestamp::from_second(seconds) {
        Ok(time) if seconds > 0 => Some(time.min(now)),
        _ => {
            notes.note(Kind::Time, format!("{column} {seconds}"));
            None
        }
    }
}

pub(super) fn sign_in_history(row: &Row, now: Timestamp, notes: &mut Notes) -> SignInHistory {
    SignInHistory {
        failures: row
            .number("loginfail_count")
            .and_then(|count| u32::try_from(count).ok())
            .unwrap_or(0),
        locked: false,
        last_success: time(row, "lastlogin_succ", now, notes),
        last_failure: time(row, "lastlogin_fail", now, notes),
    }
}

/// Returns the password hash for the panel. A text that is not a known hash could be a password in
/// clear text, so it is not kept.
pub(super) fn password_hash(row: &Row, notes: &mut Notes) -> Secret {
    let stored = row.text("password").trim();
    if password::is_known_hash(stored) {
        return Secret::new(stored);
    }
    notes.note(Kind::Password, if stored.is_empty() { "empty" } else { "" });
    Secret::new("!")
}

/// Returns a language. Old versions of Froxlor stored names such as `Deutsch`.
pub(super) fn language(row: &Row, default: Language, notes: &mut Notes) -> Language {
    let text = row.text("def_language").trim();
    choose(text, Language::parse(text).ok(), default, Kind::Language, notes)
}

pub(super) fn theme(row: &Row, default: Theme, notes: &mut Notes) -> Theme {
    let text = row.text("theme").trim();
    choose(text, Theme::parse(text).ok(), default, Kind::Theme, notes)
}

fn choose<T>(text: &str, parsed: Option<T>, default: T, kind: Kind, notes: &mut Notes) -> T {
    if parsed.is_none() && !text.is_empty() {
        notes.note(kind, quote(text));
    }
    parsed.unwrap_or(default)
}

/// Returns the gender that decides the salutation. As in Froxlor, an unknown value means none.
pub(super) fn gender(row: &Row) -> Gender {
    Gender::parse(row.text("gender")).unwrap_or(Gender::None)
}

/// Notes a second factor, because it is not imported.
pub(super) fn note_second_factor(row: &Row, notes: &mut Notes) {
    if row.number("type_2fa").unwrap_or(0) != 0 {
        notes.note(Kind::SecondFactor, "");
    }
}

/// Returns a list of ids in ascending order. The text is a JSON array of numbers or of texts with
/// numbers. PHP writes an object instead if an entry was removed from the list.
pub(super) fn ids(column: &str, text: &str, notes: &mut Notes) -> Vec<i64> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let (mut ids, is_complete) =
        serde_json::from_str::<Value>(text).map_or((Vec::new(), false), |value| parse_ids(&value));
    if !is_complete {
        notes.note(Kind::Json, format!("{column} {}", quote(text)));
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Returns the ids in a value, and whether it contains nothing else.
pub(super) fn parse_ids(value: &Value) -> (Vec<i64>, bool) {
    let items: Vec<&Value> = match value {
        Value::Null => return (Vec::new(), true),
        Value::Array(items) => items.iter().collect(),
        Value::Object(items) => items.values().collect(),
        Value::String(text) if text.trim_start().starts_with(['[', '{']) => {
            return serde_json::from_str::<Value>(text)
                .map_or((Vec::new(), false), |value| parse_ids(&value));
        }
        Value::String(text) if text.is_empty() => return (Vec::new(), true),
        single => vec![single],
    };
    let read = |item: &&Value| {
        item.as_i64()
            .or_else(|| item.as_str()?.trim().parse().ok())
            .filter(|id| (0..=INT_MAX).contains(id))
    };
    let ids: Vec<i64> = items.iter().filter_map(read).collect();
    let is_complete = ids.len() == items.len();
    (ids, is_complete)
}

/// Returns a value as the report shows it: in quotes, shortened, and without control characters.
pub(super) fn quote(text: &str) -> String {
    let mut short: String =
        text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > 60 {
        short.push('…');
    }
    format!("\"{short}\"")
}
