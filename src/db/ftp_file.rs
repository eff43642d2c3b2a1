//! Copies the FTP accounts of a SQLite database into a separate SQLite file.
//!
//! Debian's `mod_sql_sqlite` tries to switch a database from WAL mode to another one when it opens
//! it, and waits forever if it cannot. The FTP server therefore never opens the database itself. It
//! reads a file with the rows of the views, which is replaced as a whole.

use super::entities::counter;
use super::{DbError, Reader};
use files::trusted;
use sea_orm::sqlx::{
    self, ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions,
    sqlite::SqliteJournalMode,
};
use sea_orm::{ConnectionTrait as _, DbBackend, EntityTrait as _, Statement};
use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// Maximum number of rows that one query copies.
const PAGE_SIZE: usize = 5_000;

const TABLES: &str = "CREATE TABLE ftp_accounts (username TEXT PRIMARY KEY, password_hash TEXT NOT NULL, uid INTEGER NOT NULL, \
     gid INTEGER NOT NULL, home_dir TEXT NOT NULL, shell TEXT NOT NULL) WITHOUT ROWID; \
     CREATE TABLE ftp_account_groups (name TEXT PRIMARY KEY, gid INTEGER NOT NULL, members TEXT NOT NULL) WITHOUT ROWID; \
     CREATE INDEX ftp_account_groups_gid ON ftp_account_groups (gid)";

#[derive(Debug, thiserror::Error)]
pub enum FtpFileError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("{0}")]
    File(#[from] io::Error),
    #[error("{0}")]
    Sqlite(#[from] sqlx::Error),
}

/// Returns a number that changes whenever an FTP account may have changed. Returns `None` on
/// engines whose database FTP servers read directly.
pub async fn version(on: &Reader) -> Result<Option<i64>, DbError> {
    if on.engine() != DbBackend::Sqlite {
        return Ok(None);
    }
    Ok(counter::Entity::find_by_id("ftp_accounts").one(&on.on()).await?.map(|row| row.value))
}

/// Writes the accounts that can sign in now to a file at `path`, which replaces the existing one.
/// Only its owner and root can read it. SQLite opens the file by name, so other users must not
/// be able to place a link in its directory. One process at a time writes into a directory.
///
/// # Errors
/// [`FtpFileError::File`] also if the directory is not trusted (see [`trusted::open_directory`]).
pub async fn write(on: &Reader, path: &Path) -> Result<(), FtpFileError> {
    let partial = with_suffix(path, ".part");
    let lock = run_blocking({
        let (partial, path) = (partial.clone(), path.to_owned());
        move || {
            let folder = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty())
                .unwrap_or(Path::new("."));
            let lock = File::from(trusted::open_directory(&std::path::absolute(folder)?)?);
            lock.lock()?;
            remove_numbered_parts(folder, &path)?;
            create_empty(&partial)?;
            Ok(lock)
        }
    })
    .await?;
    let options =
        SqliteConnectOptions::new().filename(&partial).journal_mode(SqliteJournalMode::Delete);
    let mut file = options.connect().await?;
    let mut transaction = file.begin().await?;
    sqlx::raw_sql(TABLES).execute(&mut *transaction).await?;
    copy_rows(
        on,
        "ftp_accounts",
        "username",
        &["username", "password_hash", "uid", "gid", "home_dir", "shell"],
        &mut transaction,
    )
    .await?;
    copy_rows(on, "ftp_account_groups", "name", &["name", "gid", "members"], &mut transaction)
        .await?;
    transaction.commit().await?;
    file.close().await?;
    let path = path.to_owned();
    Ok(run_blocking(move || {
        let outcome = std::fs::rename(&partial, path);
        drop(lock);
        outcome
    })
    .await?)
}

/// Creates an empty file that only its owner can read. Replaces the file that an interrupted write
/// left.
fn create_empty(partial: &Path) -> io::Result<()> {
    remove_if_exists(partial)?;
    remove_if_exists(&with_suffix(partial, "-journal"))?;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(partial).map(drop)
}

/// Removes incomplete files of earlier versions, whose names contain the id of their process.
fn remove_numbered_parts(folder: &Path, path: &Path) -> io::Result<()> {
    let Some(name) = path.file_name().and_then(OsStr::to_str) else { return Ok(()) };
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let found = entry.file_name();
        let number = found
            .to_str()
            .and_then(|found| found.strip_prefix(name)?.strip_prefix('.'))
            .and_then(|rest| rest.strip_suffix("-journal").unwrap_or(rest).strip_suffix(".part"));
        if number.is_some_and(|number| number.parse::<u32>().is_ok()) {
            remove_if_exists(&entry.path())?;
        }
    }
    Ok(())
}

fn remove_if_exists(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Runs file system calls on a thread that may block.
async fn run_blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

async fn copy_rows(
    on: &Reader,
    table: &str,
    key: &str,
    columns: &[&str],
    to: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
) -> Result<(), FtpFileError> {
    let texts: Vec<String> =
        columns.iter().map(|column| format!("CAST({column} AS TEXT)")).collect();
    let select = format!(
        "SELECT {} FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT {PAGE_SIZE}",
        texts.join(", ")
    );
    let placeholders = vec!["?"; columns.len()].join(", ");
    let insert = format!("INSERT INTO {table} ({}) VALUES ({placeholders})", columns.join(", "));
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
            Some(last) if rows.len() == PAGE_SIZE => {
                after = last.try_get_by_index(0).map_err(DbError::from)?;
            }
            _ => return Ok(()),
        }
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
