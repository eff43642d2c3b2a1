//! Conversions between columns and domain types.

use domain::account::{Language, Theme};
use jiff::Timestamp;
use sea_orm::sea_query::{ExprTrait as _, LikeExpr, SimpleExpr};

/// The maximum number of values that one statement binds. SQLite accepts 32,766, the other engines
/// more.
pub const MAX_VALUES: usize = 32_000;

/// Returns a time from its column. One out of range becomes 1970-01-01.
pub fn to_timestamp(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Returns a count from its column. A negative one becomes 0.
pub fn to_u64(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// Returns a count for its column, limited to `i64::MAX`.
pub fn to_column(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Returns a language from its column. An unknown code becomes English.
pub fn language(code: &str) -> Language {
    Language::parse(code).unwrap_or(Language::En)
}

/// Returns a theme from its column. An unknown code becomes the system theme.
pub fn theme(code: &str) -> Theme {
    Theme::parse(code).unwrap_or(Theme::System)
}

/// Returns a text that every engine accepts as a value to compare with. PostgreSQL refuses NUL even
/// in comparisons. No stored text contains NUL.
pub fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// Returns the condition that a column contains `part`, in the same case. `%` and `_` have no
/// special meaning. They are escaped by `!`, because MySQL gives `\` a meaning in its own string
/// literals.
pub fn like_substring(column: SimpleExpr, part: &str) -> SimpleExpr {
    let mut pattern = String::with_capacity(part.len() + 2);
    pattern.push('%');
    for c in storable(part).chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    column.like(LikeExpr::new(pattern).escape('!'))
}

/// Returns the condition that a column contains a pattern, in the same case. `%` and `_` are
/// wildcards unless a backslash precedes them, as in Froxlor's database.
pub fn like_pattern(column: SimpleExpr, pattern: &str) -> SimpleExpr {
    let mut sql = String::with_capacity(pattern.len() + 2);
    sql.push('%');
    let mut escaped = false;
    for c in storable(pattern).chars() {
        if c == '\\' && !escaped {
            escaped = true;
            continue;
        }
        if c == '!' || (escaped && matches!(c, '%' | '_')) {
            sql.push('!');
        }
        escaped = false;
        sql.push(c);
    }
    // A backslash at the end stands for itself.
    if escaped {
        sql.push('\\');
    }
    sql.push('%');
    column.like(LikeExpr::new(sql).escape('!'))
}
