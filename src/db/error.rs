//! Errors of the database, grouped by how a caller can handle them.

use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::mysql::MySqlDatabaseError;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

#[derive(Clone, Debug, thiserror::Error)]
pub enum DbError {
    /// A unique constraint is violated.
    #[error("a unique value already exists: {0}")]
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
            Some(SqlErr::UniqueConstraintViolation(message)) => {
                return Self::UniqueViolation(message);
            }
            Some(SqlErr::ForeignKeyConstraintViolation(message)) => {
                return Self::ForeignKeyViolation(message);
            }
            _ => {}
        }
        match database_error(&error) {
            Some(cause) if is_restricted(cause) => {
                Self::ForeignKeyViolation(cause.message().to_owned())
            }
            Some(cause) if is_lost(cause) => Self::Conflict(error.to_string()),
            _ => Self::Other(error),
        }
    }
}

/// Returns the error that the database reported, if it reported one.
fn database_error(error: &DbErr) -> Option<&dyn DatabaseError> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause))
        | DbErr::Conn(RuntimeErr::SqlxError(cause)) => cause.as_database_error(),
        _ => None,
    }
}

/// Returns whether a row was not deleted because of `ON DELETE RESTRICT`. SQLite (1811) and
/// PostgreSQL 18 (23001) have codes of their own for it, which sea-orm does not know.
fn is_restricted(cause: &dyn DatabaseError) -> bool {
    cause.try_downcast_ref::<MySqlDatabaseError>().is_none()
        && cause.code().is_some_and(|code| matches!(&*code, "1811" | "23001"))
}

/// Returns whether the transaction lost against another one.
fn is_lost(cause: &dyn DatabaseError) -> bool {
    match cause.try_downcast_ref::<MySqlDatabaseError>() {
        Some(mysql) => is_lost_on_mysql(mysql.number()),
        None => cause.code().is_some_and(|code| is_lost_elsewhere(&code)),
    }
}

/// Returns whether an error number of MySQL's protocol means that the transaction lost. MySQL and
/// MariaDB: row changed since it was read (1020), lock timeout (1205), deadlock (1213). Galera
/// reports a conflict between two nodes as a deadlock. TiDB: retryable transaction (8022), schema
/// changed (8028), write conflict (9007).
const fn is_lost_on_mysql(number: u16) -> bool {
    matches!(number, 1020 | 1205 | 1213 | 8022 | 8028 | 9007)
}

/// Returns whether an error code of another engine means that the transaction lost. PostgreSQL,
/// CockroachDB, YugabyteDB: serialization failure (40001), deadlock (40P01), lock timeout (55P03).
/// SQLite: busy (5), locked (6), and their extended codes.
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
