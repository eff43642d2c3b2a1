//! Errors of the database, by what a caller can do about them.

use sea_orm::sqlx::mysql::MySqlDatabaseError;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

#[derive(Clone, Debug, thiserror::Error)]
pub enum DbError {
    /// A unique constraint is violated.
    #[error("a unique value is taken: {0}")]
    UniqueViolation(String),
    /// A foreign key constraint is violated.
    #[error("a reference is broken: {0}")]
    ForeignKeyViolation(String),
    /// Another transaction won. This one may succeed when it is run again.
    #[error("conflict with another transaction: {0}")]
    Conflict(String),
    #[error(transparent)]
    Other(DbErr),
}

/// Errors that a retry of the transaction may resolve.
pub trait Transient {
    /// Returns whether a retry may succeed.
    fn is_transient(&self) -> bool;
}

impl Transient for DbError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Conflict(_))
    }
}

impl From<DbErr> for DbError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(what)) => return Self::UniqueViolation(what),
            Some(SqlErr::ForeignKeyConstraintViolation(what)) => {
                return Self::ForeignKeyViolation(what);
            }
            _ => {}
        }
        if is_lost(&error) { Self::Conflict(error.to_string()) } else { Self::Other(error) }
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

/// MySQL and MariaDB: row changed since it was read (1020), lock timeout (1205), deadlock (1213).
/// Galera reports a conflict between two nodes as a deadlock. TiDB: retryable transaction (8022),
/// schema changed (8028), write conflict (9007).
const fn is_lost_on_mysql(number: u16) -> bool {
    matches!(number, 1020 | 1205 | 1213 | 8022 | 8028 | 9007)
}

/// PostgreSQL, CockroachDB, YugabyteDB: serialization failure (40001), deadlock (40P01), lock
/// timeout (55P03). SQLite: busy (5), locked (6), and their extended codes.
fn is_lost_elsewhere(code: &str) -> bool {
    matches!(code, "40001" | "40P01" | "55P03" | "5" | "6" | "261" | "262" | "517" | "518")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_transactions_are_transient() {
        for code in ["40001", "40P01", "55P03", "5", "517"] {
            assert!(is_lost_elsewhere(code), "{code}");
        }
        for number in [1205, 1213, 9007, 8022] {
            assert!(is_lost_on_mysql(number), "{number}");
        }
    }

    /// Unique violation, foreign key violation, value too long, missing table, disk full, lost
    /// connection: a retry would fail again, or could apply a committed transaction twice.
    #[test]
    fn other_errors_are_not_transient() {
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
