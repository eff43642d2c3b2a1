//! What can go wrong with the database, told apart by what a caller can do about it.

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

/// PostgreSQL: serialization failure, deadlock, lock not available. MySQL: lock wait timeout, deadlock.
/// SQLite: busy, locked, and their extended codes.
fn is_lost(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))
    | DbErr::Conn(RuntimeErr::SqlxError(cause))) = error
    else {
        return false;
    };
    let Some(cause) = cause.as_database_error() else { return false };
    if let Some(mysql) = cause.try_downcast_ref::<sea_orm::sqlx::mysql::MySqlDatabaseError>() {
        return matches!(mysql.number(), 1205 | 1213);
    }
    cause.code().is_some_and(|code| matches!(code.as_ref(), "40001" | "40P01" | "55P03" | "5" | "6" | "261" | "262" | "517" | "518"))
}
