//! A MySQL or MariaDB server that customers have databases on, as its administrator sees it:
//! accounts, databases, and how large they are. It is another machine, which may be away; every
//! wait has an end.

mod sql;

pub use sql::{NativeHash, SqlAccount, SqlName, SqlString, Unquotable};

use crate::mysql_tls;
use domain::mysql::{AdminUrl, DatabaseName};
use sea_orm::sqlx::{self, AssertSqlSafe, Connection as _, Row as _, mysql::MySqlConnection};
use std::future::Future;
use std::time::Duration;

/// How long the server may take to let us in.
const CONNECT: Duration = Duration::from_secs(10);
/// How long one statement may take. Dropping a large database takes its time.
const STATEMENT: Duration = Duration::from_mins(2);
/// `Unknown thread id`: the connection ended by itself.
const NO_SUCH_THREAD: u16 = 1094;

/// What went wrong with a server. The text is read by admins; it never holds a password.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// It cannot be reached, or lets nobody in.
    #[error("{0}")]
    Unreachable(String),
    /// It answered, and refused.
    #[error("{0}")]
    Refused(String),
    /// It is not asked at all.
    #[error(transparent)]
    Unquotable(#[from] Unquotable),
}

/// Whether an account can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// It can.
    Open,
    /// It cannot.
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
    /// [`ServerError::Unreachable`].
    pub async fn open(url: &AdminUrl) -> Result<Self, ServerError> {
        let options =
            mysql_tls::options(url.secret().expose()).map_err(ServerError::Unreachable)?;
        let options = options.charset("utf8mb4").statement_cache_capacity(0);
        let open = async { MySqlConnection::connect_with(&options).await };
        let mut connection = within(CONNECT, open)
            .await?
            .map_err(|error| ServerError::Unreachable(shown(&error)))?;
        let version =
            within(CONNECT, sqlx::query("SELECT VERSION()").fetch_one(&mut connection)).await?;
        let version: String = version
            .and_then(|row| row.try_get(0))
            .map_err(|error| ServerError::Unreachable(shown(&error)))?;
        Ok(Self { connection, is_mariadb: version.contains("MariaDB") })
    }

    /// Whether accounts can be managed: what is read must be there. Gives the server's version.
    ///
    /// # Errors
    /// What is missing.
    pub async fn probe(&mut self) -> Result<String, ServerError> {
        self.hosts_of("").await?;
        let rows = self.rows("SELECT VERSION()", None).await?;
        rows.first()
            .map_or_else(|| Ok(String::new()), |row| row.try_get(0))
            .map_err(|error| refused(&error))
    }

    /// From which hosts accounts of this name may connect; a role of the name counts as one, from
    /// the host "".
    ///
    /// # Errors
    /// The server's.
    pub async fn hosts_of(&mut self, name: &str) -> Result<Vec<String>, ServerError> {
        let rows = self
            .rows("SELECT CONVERT(Host USING utf8mb4) FROM mysql.user WHERE User = ?", Some(name))
            .await?;
        rows.iter().map(|row| row.try_get(0).map_err(|error| refused(&error))).collect()
    }

    /// Makes an account where it is missing, and gives it this password and state; without a hash
    /// it keeps its password.
    ///
    /// # Errors
    /// The server's.
    pub async fn set_account(
        &mut self,
        account: &SqlAccount,
        hash: Option<&NativeHash>,
        lock: Lock,
    ) -> Result<(), ServerError> {
        let state = match lock {
            Lock::Open => "ACCOUNT UNLOCK",
            Lock::Locked => "ACCOUNT LOCK",
        };
        let Some(hash) = hash else {
            return self.run(&format!("ALTER USER {account} {state}")).await;
        };
        let hash = SqlString::new(hash.expose())?;
        let identified = if self.is_mariadb {
            format!("IDENTIFIED VIA mysql_native_password USING {hash}")
        } else {
            format!("IDENTIFIED WITH mysql_native_password AS {hash}")
        };
        self.run(&format!("CREATE USER IF NOT EXISTS {account} {identified} {state}")).await?;
        self.run(&format!("ALTER USER {account} {identified} {state}")).await
    }

    /// Removes an account, if it is there.
    ///
    /// # Errors
    /// The server's.
    pub async fn drop_account(&mut self, account: &SqlAccount) -> Result<(), ServerError> {
        self.run(&format!("DROP USER IF EXISTS {account}")).await
    }

    /// Lets an account do everything in a database.
    ///
    /// # Errors
    /// The server's.
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

    /// Ends the running connections of accounts of this name; gives how many there were.
    ///
    /// # Errors
    /// The server's.
    pub async fn end_connections(&mut self, name: &str) -> Result<usize, ServerError> {
        let rows = self
            .rows(
                "SELECT CAST(ID AS SIGNED) FROM information_schema.PROCESSLIST WHERE USER = ?",
                Some(name),
            )
            .await?;
        let mut ended = 0;
        for row in rows {
            let id: i64 = row.try_get(0).map_err(|error| refused(&error))?;
            match self.execute(&format!("KILL {id}")).await? {
                Err(error) if number(&error) == Some(NO_SUCH_THREAD) => {}
                outcome => outcome.map(|()| ended += 1).map_err(|error| refused(&error))?,
            }
        }
        Ok(ended)
    }

    /// Removes a database with all that is in it, if it is there.
    ///
    /// # Errors
    /// The server's.
    pub async fn drop_database(&mut self, database: &DatabaseName) -> Result<(), ServerError> {
        self.run(&format!("DROP DATABASE IF EXISTS {}", SqlName::database(database))).await
    }

    /// How large each database is, in bytes: data and indexes, as the server estimates them.
    ///
    /// # Errors
    /// The server's.
    pub async fn sizes(&mut self) -> Result<Vec<(String, u64)>, ServerError> {
        let sql = "SELECT CONVERT(TABLE_SCHEMA USING utf8mb4), CAST(SUM(COALESCE(DATA_LENGTH, 0) + COALESCE(INDEX_LENGTH, 0)) AS UNSIGNED) \
                   FROM information_schema.TABLES GROUP BY TABLE_SCHEMA";
        let size = |row: &sqlx::mysql::MySqlRow| {
            Ok((row.try_get(0)?, row.try_get::<Option<u64>, _>(1)?.unwrap_or(0)))
        };
        self.rows(sql, None)
            .await?
            .iter()
            .map(|row| size(row).map_err(|error| refused(&error)))
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
        within(STATEMENT, query.fetch_all(&mut self.connection))
            .await?
            .map_err(|error| refused(&error))
    }

    async fn run(&mut self, sql: &str) -> Result<(), ServerError> {
        self.execute(sql).await?.map_err(|error| refused(&error))
    }

    /// Every statement here is put together of the types of [`sql`] and of numbers.
    async fn execute(&mut self, sql: &str) -> Result<Result<(), sqlx::Error>, ServerError> {
        let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.connection);
        Ok(within(STATEMENT, done).await?.map(|_| ()))
    }
}

async fn within<T>(time: Duration, work: impl Future<Output = T>) -> Result<T, ServerError> {
    let late = |_| ServerError::Unreachable("it does not answer (no answer in time)".to_owned());
    tokio::time::timeout(time, work).await.map_err(late)
}

fn number(error: &sqlx::Error) -> Option<u16> {
    error
        .as_database_error()?
        .try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>()
        .map(sqlx::mysql::MySqlDatabaseError::number)
}

fn refused(error: &sqlx::Error) -> ServerError {
    if error.as_database_error().is_some() {
        ServerError::Refused(shown(error))
    } else {
        ServerError::Unreachable(shown(error))
    }
}

/// The server's own words. They name accounts and databases, and never quote a statement that could
/// be parsed.
fn shown(error: &sqlx::Error) -> String {
    match error {
        // Where a statement could not be parsed, the server quotes what it read, a hash included.
        sqlx::Error::Database(_) if number(error) == Some(1064) => {
            "the server does not understand the statement (error 1064)".to_owned()
        }
        sqlx::Error::Database(cause) => cause.message().to_owned(),
        sqlx::Error::Io(cause) if cause.kind() == std::io::ErrorKind::ConnectionRefused => {
            "it does not answer (connection refused)".to_owned()
        }
        other => other.to_string(),
    }
}
