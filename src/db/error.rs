//! What can go wrong with the database, told apart by what a caller can do about it.

use sea_orm::sqlx::mysql::MySqlDatabaseError;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// A fault of the database.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A value that must be unique is taken.
    #[error("a unique value is taken: {0}")]
    Taken(String),
    /// Something refers to a row that is not there, or is still referred to.
    #[error("a reference is broken: {0}")]
    Reference(String),
    /// Another transaction won; running this one again may succeed.
    #[error("lost to another transaction: {0}")]
    Lost(String),
    /// Everything else.
    #[error(transparent)]
    Other(DbErr),
}

/// Errors that may vanish when the transaction is run again.
pub trait Transient {
    /// Whether running again may succeed.
    fn is_transient(&self) -> bool;
}

impl Transient for DbError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Lost(_))
    }
}

impl From<DbErr> for DbError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(what)) => return Self::Taken(what),
            Some(SqlErr::ForeignKeyConstraintViolation(what)) => return Self::Reference(what),
            _ => {}
        }
        if is_lost(&error) { Self::Lost(error.to_string()) } else { Self::Other(error) }
    }
}

fn is_lost(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))
    | DbErr::Conn(RuntimeErr::SqlxError(cause))) = error
    else {
        return false;
    };
    let Some(cause) = cause.as_database_error() else { return false };
    match cause.try_downcast_ref::<MySqlDatabaseError>() {
        Some(mysql) => is_lost_on_mysql(mysql.number()),
        None => cause.code().is_some_and(|code| is_lost_elsewhere(&code)),
    }
}

/// MySQL and MariaDB: changed since it was read, lock not had in time, deadlock; Galera tells a
/// conflict of two nodes as a deadlock. TiDB: schema changed meanwhile, may be tried again,
/// conflict of two writers.
const fn is_lost_on_mysql(number: u16) -> bool {
    matches!(number, 1020 | 1205 | 1213 | 8022 | 8028 | 9007)
}

/// PostgreSQL, CockroachDB, YugabyteDB: serialization failure, deadlock, lock not had in time.
/// SQLite: busy, locked, and their extended codes.
fn is_lost_elsewhere(code: &str) -> bool {
    matches!(code, "40001" | "40P01" | "55P03" | "5" | "6" | "261" | "262" | "517" | "518")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_succeed_when_run_again() {
        for code in ["40001", "40P01", "55P03", "5", "517"] {
            assert!(is_lost_elsewhere(code), "{code}");
        }
        for number in [1205, 1213, 9007, 8022] {
            assert!(is_lost_on_mysql(number), "{number}");
        }
    }

    /// Taken, broken reference, too long, no such table, no room, connection lost: once more would
    /// change nothing, or could do twice what was done.
    #[test]
    fn what_would_only_fail_again() {
        for code in ["23505", "23503", "22001", "42P01", "53100", "08006", "2067", "787", "13", ""]
        {
            assert!(!is_lost_elsewhere(code), "{code}");
        }
        for number in [1062, 1451, 1452, 1406, 1146, 1114, 2013] {
            assert!(!is_lost_on_mysql(number), "{number}");
        }
        assert!(!DbError::from(DbErr::Custom("40001".to_owned())).is_transient());
    }
}
