//! Keeps the file of FTP accounts in step, where there is to be one.

use db::ftp_file::{self, FtpFileError};
use services::app::App;
use std::path::PathBuf;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long an account may be old in the file.
const LOOK: Duration = Duration::from_secs(1);

/// The file, and which accounts are in it.
pub(super) struct FtpFile {
    path: PathBuf,
    written: Option<i64>,
}

impl FtpFile {
    pub(super) const fn new(path: PathBuf) -> Self {
        Self { path, written: None }
    }

    /// Writes it anew if an account changed since, or if it is gone; gives whether it was.
    pub(super) async fn keep(&mut self, app: &App) -> Result<bool, FtpFileError> {
        let on = app.db.reader();
        // Read first: what changes while the rows are copied is seen the next time.
        let Some(version) = ftp_file::version(&on).await? else { return Ok(false) };
        if self.written == Some(version) && self.is_there().await {
            return Ok(false);
        }
        ftp_file::write(&on, &self.path).await?;
        self.written = Some(version);
        Ok(true)
    }

    /// The file system is asked off the async threads.
    async fn is_there(&self) -> bool {
        let path = self.path.clone();
        tokio::task::spawn_blocking(move || path.exists()).await.unwrap_or(false)
    }

    /// Keeps it until the worker stops. What fails is said once, and tried again.
    pub(super) async fn run(mut self, app: App, stopping: CancellationToken) {
        let mut failed = false;
        while !stopping.is_cancelled() {
            match self.keep(&app).await {
                Ok(_) => failed = false,
                Err(error) => {
                    if !failed {
                        tracing::error!(%error, path = %self.path.display(), "the file of FTP accounts cannot be written; it is tried again");
                    }
                    failed = true;
                }
            }
            tokio::select! {
                () = stopping.cancelled() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}
