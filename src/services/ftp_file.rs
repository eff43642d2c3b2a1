//! The file of FTP accounts, for FTP servers that must not open a SQLite database themselves.

use super::app::App;
use super::{Outcome, ServiceError, machine};
use db::ftp_file::{self, FtpFileError};
use std::path::{Path, PathBuf};

/// A file of FTP accounts, with the version of the accounts that was last written to it.
#[derive(Debug)]
pub struct FtpFile {
    path: PathBuf,
    version: Option<i64>,
}

impl FtpFile {
    /// Returns the file at `path`. The first update writes it.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self { path, version: None }
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the file at the first update, if an account has changed since the last update, or if
    /// the file is missing. Does nothing for a database other than SQLite.
    ///
    /// # Errors
    /// [`ServiceError::Internal`] if the file cannot be written.
    pub async fn update(&mut self, app: &App) -> Outcome<()> {
        let on = app.db.reader();
        // The version is read before the rows are copied, so that the next update includes a change
        // that is made in between.
        let Some(version) = ftp_file::version(&on).await? else { return Ok(()) };
        if self.version == Some(version) && machine::path_exists(&self.path).await {
            return Ok(());
        }
        ftp_file::write(&on, &self.path).await?;
        self.version = Some(version);
        Ok(())
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
