//! The file of FTP accounts, for FTP servers that must not open a SQLite database themselves.

use super::app::App;
use super::{Outcome, ServiceError, machine};
use db::ftp_file::{self, FtpFileError};
use std::path::{Path, PathBuf};

/// The file, and the version of the accounts in it.
#[derive(Debug)]
pub struct FtpFile {
    path: PathBuf,
    version: Option<i64>,
}

impl FtpFile {
    /// The file at a path; it is written with the first update.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self { path, version: None }
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the file if an account has changed since, or if the file is gone; returns whether it
    /// was written.
    ///
    /// # Errors
    /// The database's, and those of the file.
    pub async fn update(&mut self, app: &App) -> Outcome<bool> {
        let on = app.db.reader();
        // Read before the rows are copied: a change meanwhile is seen by the next update.
        let Some(version) = ftp_file::version(&on).await? else { return Ok(false) };
        if self.version == Some(version) && machine::is_there(&self.path).await {
            return Ok(false);
        }
        ftp_file::write(&on, &self.path).await?;
        self.version = Some(version);
        Ok(true)
    }
}

impl From<FtpFileError> for ServiceError {
    fn from(error: FtpFileError) -> Self {
        match error {
            FtpFileError::Db(error) => Self::Db(error),
            error => Self::Internal(error.into()),
        }
    }
}
