//! Administers a MySQL or MariaDB server with databases of customers: accounts, databases and their
//! sizes.
//!
//! The server is another machine that may be unreachable, so every call has a timeout. Errors of
//! the server are [`ServerError::Refused`]; a lost connection or a timeout is
//! [`ServerError::Unreachable`].

mod sql;

pub use sql::{NativeHash, SqlAccount, SqlName, SqlString, Unquotable};

use crate::mysql_tls;
use domain::mysql::{AdminUrl, DatabaseName};
use sea_orm::sqlx::{self, AssertSqlSafe, Connection as _, Row as _, mysql::MySqlConnection};
use std::future::Future;
use std::time::Duration;

/// Timeout for connecting and signing in.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Timeout for one statement. Dropping a large database takes long.
const STATEMENT_TIMEOUT: Duration = Duration::from_mins(2);
/// Error `Unknown thread id`: the connection has already ended.
const NO_SUCH_THREAD: u16 = 1094;

/// An error of a call to a server. Admins read its text, which never contains a password.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The server does not respond or rejects the sign-in.
    #[error("{0}")]
    Unreachable(String),
    /// The server rejects a statement.
    #[error("{0}")]
    Refused(String),
    /// The statement was not sent, because it contains a text that cannot be quoted.
    #[error(transparent)]
    Unquotable(#[from] Unquotable),
}

/// Whether an account is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    Unlocked,
    Locked,
}

/// An open connection to a server.
pub struct Server {
    connection: MySqlConnection,
    is_mariadb: bool,
}

impl Server {
    /// Opens a connection.
    ///
    /// # Errors
    /// [`ServerError::Unreachable`] for every failure.
    pub async fn open(url: &AdminUrl) -> Result<Self, ServerError> {
        let options =
            mysql_tls::options(url.secret().expose()).map_err(ServerError::Unreachable)?;
        let options = options.charset("utf8mb4").statement_cache_capacity(0);
        let open = async { MySqlConnection::connect_with(&options).await };
        let mut connection = with_timeout(CONNECT_TIMEOUT, open)
            .await?
            .map_err(|error| ServerError::Unreachable(error_text(&error)))?;
        let version = with_timeout(
            CONNECT_TIMEOUT,
            sqlx::query("SELECT VERSION()").fetch_one(&mut connection),
        )
        .await?;
        let version: String = version
            .and_then(|row| row.try_get(0))
            .map_err(|error| ServerError::Unreachable(error_text(&error)))?;
        Ok(Self { connection, is_mariadb: version.contains("MariaDB") })
    }

    /// Checks that accounts can be managed, by reading the table of accounts. Returns the server's
    /// version.
    pub async fn probe(&mut self) -> Result<String, ServerError> {
        self.hosts_of("").await?;
        let rows = self.rows("SELECT VERSION()", None).await?;
        rows.first()
            .map_or_else(|| Ok(String::new()), |row| row.try_get(0))
            .map_err(|error| to_server_error(&error))
    }

    /// Returns the hosts from which accounts of this name may connect. A role of this name counts
    /// as an account for the host "".
    pub async fn hosts_of(&mut self, name: &str) -> Result<Vec<String>, ServerError> {
        let rows = self
            .rows("SELECT CONVERT(Host USING utf8mb4) FROM mysql.user WHERE User = ?", Some(name))
            .await?;
        rows.iter().map(|row| row.try_get(0).map_err(|error| to_server_error(&error))).collect()
    }

    /// Creates an account if it is missing, and sets its password and lock. Without a hash, the
    /// account must exist and keeps its password.
    pub async fn set_account(
        &mut self,
        account: &SqlAccount,
        hash: Option<&NativeHash>,
        lock: Lock,
    ) -> Result<(), ServerError> {
        let lock_clause = match lock {
            Lock::Unlocked => "ACCOUNT UNLOCK",
            Lock::Locked => "ACCOUNT LOCK",
        };
        let Some(hash) = hash else {
            return self.run(&format!("ALTER USER {account} {lock_clause}")).await;
        };
        let hash = SqlString::new(hash.expose())?;
        let identified = if self.is_mariadb {
            format!("IDENTIFIED VIA mysql_native_password USING {hash}")
        } else {
            format!("IDENTIFIED WITH mysql_native_password AS {hash}")
        };
        self.run(&format!("CREATE USER IF NOT EXISTS {account} {identified} {lock_clause}"))
            .await?;
        self.run(&format!("ALTER USER {account} {identified} {lock_clause}")).await
    }

    /// Drops an account, if it exists.
    pub async fn drop_account(&mut self, account: &SqlAccount) -> Result<(), ServerError> {
        self.run(&format!("DROP USER IF EXISTS {account}")).await
    }

    /// Grants an account all privileges on a database.
    pub async fn grant(
        &mut self,
        account: &SqlAccount,
        database: &DatabaseName,
    ) -> Result<(), ServerError> {
        self.run(&format!(
            "GRANT ALL PRIVILEGES ON {}.* TO {account}",
            SqlName::grant_pattern(database)
        ))
        .await
    }

    /// Ends the open connections of accounts of this name. Returns how many it ended.
    pub async fn end_connections(&mut self, name: &str) -> Result<usize, ServerError> {
        let rows = self
            .rows(
                "SELECT CAST(ID AS SIGNED) FROM information_schema.PROCESSLIST WHERE USER = ?",
                Some(name),
            )
            .await?;
        let mut ended = 0;
        for row in rows {
            let id: i64 = row.try_get(0).map_err(|error| to_server_error(&error))?;
            match self.execute(&format!("KILL {id}")).await? {
                Err(error) if error_number(&error) == Some(NO_SUCH_THREAD) => {}
                outcome => outcome.map(|()| ended += 1).map_err(|error| to_server_error(&error))?,
            }
        }
        Ok(ended)
    }

    /// Drops a database with its content, if it exists.
    pub async fn drop_database(&mut self, database: &DatabaseName) -> Result<(), ServerError> {
        self.run(&format!("DROP DATABASE IF EXISTS {}", SqlName::database(database))).await
    }

    /// Returns the size of each database in bytes: data and indexes, as the server estimates them.
    pub async fn database_sizes(&mut self) -> Result<Vec<(String, u64)>, ServerError> {
        let sql = "SELECT CONVERT(TABLE_SCHEMA USING utf8mb4), CAST(SUM(COALESCE(DATA_LENGTH, 0) + COALESCE(INDEX_LENGTH, 0)) AS UNSIGNED) \
                   FROM information_schema.TABLES GROUP BY TABLE_SCHEMA";
        let size = |row: &sqlx::mysql::MySqlRow| {
            Ok((row.try_get(0)?, row.try_get::<Option<u64>, _>(1)?.unwrap_or(0)))
        };
        self.rows(sql, None)
            .await?
            .iter()
            .map(|row| size(row).map_err(|error| to_server_error(&error)))
            .collect()
    }

    async fn rows(
        &mut self,
        sql: &'static str,
        value: Option<&str>,
    ) -> Result<Vec<sqlx::mysql::MySqlRow>, ServerError> {
        let mut query = sqlx::query(sql);
        if let Some(value) = value {
            query = query.bind(value);
        }
        with_timeout(STATEMENT_TIMEOUT, query.fetch_all(&mut self.connection))
            .await?
            .map_err(|error| to_server_error(&error))
    }

    async fn run(&mut self, sql: &str) -> Result<(), ServerError> {
        self.execute(sql).await?.map_err(|error| to_server_error(&error))
    }

    /// Runs a statement. Callers build statements only from the types of [`sql`] and from numbers.
    async fn execute(&mut self, sql: &str) -> Result<Result<(), sqlx::Error>, ServerError> {
        let execution = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.connection);
        Ok(with_timeout(STATEMENT_TIMEOUT, execution).await?.map(|_| ()))
    }
}

async fn with_timeout<T>(time: Duration, work: impl Future<Output = T>) -> Result<T, ServerError> {
    let timed_out = |_| ServerError::Unreachable("no response in time".to_owned());
    tokio::time::timeout(time, work).await.map_err(timed_out)
}

fn error_number(error: &sqlx::Error) -> Option<u16> {
    error
        .as_database_error()?
        .try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>()
        .map(sqlx::mysql::MySqlDatabaseError::number)
}

fn to_server_error(error: &sqlx::Error) -> ServerError {
    if error.as_database_error().is_some() {
        ServerError::Refused(error_text(error))
    } else {
        ServerError::Unreachable(error_text(error))
    }
}

/// Returns the text of an error for admins. It may name accounts and databases, but never quotes a
/// statement.
fn error_text(error: &sqlx::Error) -> String {
    match error {
        // In a syntax error, the server quotes the statement, which may contain a hash.
        sqlx::Error::Database(_) if error_number(error) == Some(1064) => {
            "the server reports a syntax error (error 1064)".to_owned()
        }
        sqlx::Error::Database(cause) => cause.message().to_owned(),
        sqlx::Error::Io(cause) if cause.kind() == std::io::ErrorKind::ConnectionRefused => {
            "connection refused".to_owned()
        }
        other => other.to_string(),
    }
}
