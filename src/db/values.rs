//! Between columns and domain types.

use domain::account::{Language, Theme};
use domain::quota::Quota;
use domain::resources::{Amounts, Limits, Resource};
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

/// The limits of a row, in the order of [`Resource::ALL`].
pub fn limits(columns: [Option<i64>; Resource::ALL.len()]) -> Limits {
    let mut limits = Limits::NONE;
    for (resource, column) in Resource::ALL.into_iter().zip(columns) {
        limits[resource] = Quota::from_column(column);
    }
    limits
}

/// The counts of a row, in the order of [`Resource::ALL`].
pub fn amounts(columns: [i64; Resource::ALL.len()]) -> Amounts {
    let mut amounts = Amounts::default();
    for (resource, column) in Resource::ALL.into_iter().zip(columns) {
        amounts[resource] = count(column);
    }
    amounts
}

/// The limit columns of a model, in the order of [`Resource::ALL`].
macro_rules! limit_columns {
    ($row:expr) => {
        [
            $row.diskspace,
            $row.traffic,
            $row.subdomains,
            $row.emails,
            $row.email_accounts,
            $row.email_forwarders,
            $row.email_quota,
            $row.ftps,
            $row.mysqls,
        ]
    };
}

/// The count columns of a model, in the order of [`Resource::ALL`].
macro_rules! used_columns {
    ($row:expr) => {
        [
            $row.diskspace_used,
            $row.traffic_used,
            $row.subdomains_used,
            $row.emails_used,
            $row.email_accounts_used,
            $row.email_forwarders_used,
            $row.email_quota_used,
            $row.ftps_used,
            $row.mysqls_used,
        ]
    };
}

/// Puts limits into the limit columns of an active model, in the order of [`Resource::ALL`].
macro_rules! set_limits {
    ($model:expr, $limits:expr) => {{
        let limits = &$limits;
        let [
            diskspace,
            traffic,
            subdomains,
            emails,
            email_accounts,
            email_forwarders,
            email_quota,
            ftps,
            mysqls,
        ] = domain::resources::Resource::ALL
            .map(|resource| sea_orm::Set(limits[resource].to_column()));
        $model.diskspace = diskspace;
        $model.traffic = traffic;
        $model.subdomains = subdomains;
        $model.emails = emails;
        $model.email_accounts = email_accounts;
        $model.email_forwarders = email_forwarders;
        $model.email_quota = email_quota;
        $model.ftps = ftps;
        $model.mysqls = mysqls;
    }};
}

/// Puts the switches of a plan or customer into an active model. Every field is named, so that none
/// can be forgotten.
macro_rules! set_switches {
    ($model:expr, $services:expr) => {{
        let domain::resources::Services {
            limits: _,
            imap,
            pop3,
            php,
            perl,
            dns,
            log_view,
            php_configs: _,
        } = &$services;
        $model.imap = sea_orm::Set(*imap);
        $model.pop3 = sea_orm::Set(*pop3);
        $model.php_enabled = sea_orm::Set(*php);
        $model.perl_enabled = sea_orm::Set(*perl);
        $model.dns_enabled = sea_orm::Set(*dns);
        $model.log_view_enabled = sea_orm::Set(*log_view);
    }};
}

/// The services of a row, with the PHP configurations read beside it.
macro_rules! services_of {
    ($row:expr, $php_configs:expr) => {
        domain::resources::Services {
            limits: crate::values::limits(crate::values::limit_columns!($row)),
            imap: $row.imap,
            pop3: $row.pop3,
            php: $row.php_enabled,
            perl: $row.perl_enabled,
            dns: $row.dns_enabled,
            log_view: $row.log_view_enabled,
            php_configs: $php_configs,
        }
    };
}

pub(super) use {limit_columns, services_of, set_limits, set_switches, used_columns};
