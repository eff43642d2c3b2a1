//! Between columns and domain types.

use domain::account::{Language, Theme};
use jiff::Timestamp;
use sea_orm::sea_query::{ExprTrait as _, LikeExpr, SimpleExpr};

/// A time from its column.
pub fn time(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A count from its column.
pub fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// A count for its column.
pub fn column(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A language from its column; what is not known any more is English.
pub fn language(code: &str) -> Language {
    Language::parse(code).unwrap_or(Language::En)
}

/// A theme from its column.
pub fn theme(code: &str) -> Theme {
    Theme::parse(code).unwrap_or(Theme::System)
}

/// A text to compare with, which may hold anything. PostgreSQL takes no NUL, not even to find
/// nothing; nothing stored holds one.
pub fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// Whether a column in lower case contains this. `%` and `_` mean themselves; `!` escapes them,
/// since `\` is special to MySQL's own strings.
pub fn contains(column: SimpleExpr, part: &str) -> SimpleExpr {
    let mut pattern = String::with_capacity(part.len() + 2);
    pattern.push('%');
    for c in storable(&part.to_lowercase()).chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    column.like(LikeExpr::new(pattern).escape('!'))
}

/// Whether a column in lower case contains this pattern: `%` and `_` are wildcards, and a backslash
/// takes that meaning from the character behind it, as Froxlor's database has it.
pub fn matches(column: SimpleExpr, pattern: &str) -> SimpleExpr {
    let mut sql = String::with_capacity(pattern.len() + 2);
    sql.push('%');
    let mut escaped = false;
    for c in storable(&pattern.to_lowercase()).chars() {
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
    // A backslash at the end means itself.
    if escaped {
        sql.push('\\');
    }
    sql.push('%');
    column.like(LikeExpr::new(sql).escape('!'))
}

/// Returns the limits of a row of customers, admins or plans.
macro_rules! limits_of {
    ($row:expr) => {
        domain::each_resource!(crate::values::read_limits!($row))
    };
}

macro_rules! read_limits {
    (($row:expr) $({ $Resource:ident $Used:ident $limit:ident $($rest:tt)* })+) => {{
        let mut limits = domain::resources::Limits::NONE;
        $(limits[domain::resources::Resource::$Resource] = domain::quota::Quota::from_column($row.$limit);)+
        limits
    }};
}

/// Returns the usage in a row of customers or admins.
macro_rules! usage_of {
    ($row:expr) => {
        domain::each_resource!(crate::values::read_usage!($row))
    };
}

macro_rules! read_usage {
    (($row:expr) $({ $Resource:ident $Used:ident $limit:ident $unlimited:ident $used:ident $($rest:tt)* })+) => {{
        let mut amounts = domain::resources::Amounts::default();
        $(amounts[domain::resources::Resource::$Resource] = crate::values::count($row.$used);)+
        amounts
    }};
}

/// Puts limits into an active model.
macro_rules! set_limits {
    ($model:expr, $limits:expr) => {
        domain::each_resource!(crate::values::write_limits!($model, $limits))
    };
}

macro_rules! write_limits {
    (($model:expr, $limits:expr) $({ $Resource:ident $Used:ident $limit:ident $($rest:tt)* })+) => {{
        let limits = &$limits;
        $($model.$limit = sea_orm::Set(limits[domain::resources::Resource::$Resource].to_column());)+
    }};
}

/// Puts usage into an active model.
macro_rules! set_usage {
    ($model:expr, $usage:expr) => {
        domain::each_resource!(crate::values::write_usage!($model, $usage))
    };
}

macro_rules! write_usage {
    (($model:expr, $usage:expr) $({ $Resource:ident $Used:ident $limit:ident $unlimited:ident $used:ident $($rest:tt)* })+) => {{
        let usage = &$usage;
        $($model.$used = sea_orm::Set(crate::values::column(usage[domain::resources::Resource::$Resource]));)+
    }};
}

/// Puts the switches of a plan or customer into an active model.
macro_rules! set_switches {
    ($model:expr, $services:expr) => {
        domain::each_switch!(crate::values::write_switches!($model, $services))
    };
}

macro_rules! write_switches {
    (($model:expr, $services:expr) $({ $Switch:ident $Column:ident $field:ident $column:ident $($rest:tt)* })+) => {{
        let services = &$services;
        $($model.$column = sea_orm::Set(services.$field);)+
    }};
}

/// Returns the services of a row, with the PHP configurations read beside it.
macro_rules! services_of {
    ($row:expr, $php_configs:expr) => {
        domain::each_switch!(crate::values::read_services!($row, $php_configs))
    };
}

macro_rules! read_services {
    (($row:expr, $php_configs:expr) $({ $Switch:ident $Column:ident $field:ident $column:ident $($rest:tt)* })+) => {
        domain::resources::Services {
            limits: crate::values::limits_of!($row),
            $($field: $row.$column,)+
            php_configs: $php_configs,
        }
    };
}

pub(super) use {
    limits_of, read_limits, read_services, read_usage, services_of, set_limits, set_switches,
    set_usage, usage_of, write_limits, write_switches, write_usage,
};
