//! The FTP accounts of a SQLite database, copied into a SQLite file of their own.
//!
//! Debian's `mod_sql_sqlite` tries to take any database out of WAL mode when it opens it, and waits
//! for ever where it cannot. So the FTP server never sees the database itself, but a file with what
//! the views show, which is replaced as a whole.

use super::entities::counter;
use super::{DbError, Reader};
use files::trusted;
use sea_orm::sqlx::{
    self, ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions,
    sqlite::SqliteJournalMode,
};
use sea_orm::{ConnectionTrait as _, DbBackend, EntityTrait as _, Statement};
use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// Rows that are copied at a time.
const PAGE: usize = 5_000;

const TABLES: &str = "CREATE TABLE ftp_accounts (username TEXT PRIMARY KEY, password_hash TEXT NOT NULL, uid INTEGER NOT NULL, \
     gid INTEGER NOT NULL, home_dir TEXT NOT NULL, shell TEXT NOT NULL) WITHOUT ROWID; \
     CREATE TABLE ftp_account_groups (name TEXT PRIMARY KEY, gid INTEGER NOT NULL, members TEXT NOT NULL) WITHOUT ROWID; \
     CREATE INDEX ftp_account_groups_gid ON ftp_account_groups (gid)";

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum FtpFileError {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The file could not be written.
    #[error("{0}")]
    File(#[from] io::Error),
    /// Likewise.
    #[error("{0}")]
    Sqlite(#[from] sqlx::Error),
}

/// A number that changes whenever an account may have; nothing on databases that FTP servers read
/// themselves.
///
/// # Errors
/// The database's.
pub async fn version(on: &Reader) -> Result<Option<i64>, DbError> {
    if on.engine() != DbBackend::Sqlite {
        return Ok(None);
    }
    Ok(counter::Entity::find_by_id("ftp_accounts").one(&on.on()).await?.map(|row| row.value))
}

/// Writes who may sign in now to a file at `path`, in place of the one that is there; only its
/// owner and root read it. SQLite opens the file by its name, so the directory must be one where no
/// other user could put a link in its place.
///
/// # Errors
/// The database's, and those of the file.
pub async fn write(on: &Reader, path: &Path) -> Result<(), FtpFileError> {
    let part = beside(path);
    on_disk({
        let (part, path) = (part.clone(), path.to_owned());
        move || {
            let folder = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty())
                .unwrap_or(Path::new("."));
            trusted::directory(&std::path::absolute(folder)?)?;
            begin(&part)
        }
    })
    .await?;
    let options =
        SqliteConnectOptions::new().filename(&part).journal_mode(SqliteJournalMode::Delete);
    let mut file = options.connect().await?;
    let mut transaction = file.begin().await?;
    sqlx::raw_sql(TABLES).execute(&mut *transaction).await?;
    copy(
        on,
        "ftp_accounts",
        "username",
        &["username", "password_hash", "uid", "gid", "home_dir", "shell"],
        &mut transaction,
    )
    .await?;
    copy(on, "ftp_account_groups", "name", &["name", "gid", "members"], &mut transaction).await?;
    transaction.commit().await?;
    file.close().await?;
    let path = path.to_owned();
    Ok(on_disk(move || std::fs::rename(&part, path)).await?)
}

/// An empty file that nobody else reads, in place of what a process before may have left.
fn begin(part: &Path) -> io::Result<()> {
    match std::fs::remove_file(part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(part).map(drop)
}

/// Runs file work off the async threads.
async fn on_disk(work: impl FnOnce() -> io::Result<()> + Send + 'static) -> io::Result<()> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

async fn copy(
    on: &Reader,
    table: &str,
    key: &str,
    columns: &[&str],
    to: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
) -> Result<(), FtpFileError> {
    let texts: Vec<String> =
        columns.iter().map(|column| format!("CAST({column} AS TEXT)")).collect();
    let select = format!(
        "SELECT {} FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT {PAGE}",
        texts.join(", ")
    );
    let places = vec!["?"; columns.len()].join(", ");
    let insert = format!("INSERT INTO {table} ({}) VALUES ({places})", columns.join(", "));
    let mut after = String::new();
    loop {
        let statement =
            Statement::from_sql_and_values(DbBackend::Sqlite, &select, [after.as_str().into()]);
        let rows = on.on().query_all_raw(statement).await.map_err(DbError::from)?;
        for row in &rows {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(insert.clone()));
            for index in 0..columns.len() {
                query = query.bind(row.try_get_by_index::<String>(index).map_err(DbError::from)?);
            }
            query.execute(&mut **to).await?;
        }
        match rows.last() {
            Some(last) if rows.len() == PAGE => {
                after = last.try_get_by_index(0).map_err(DbError::from)?;
            }
            _ => return Ok(()),
        }
    }
}

/// Where it is until it is whole: of each process its own.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    name.into()
}
