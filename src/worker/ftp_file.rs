//! Keeps the file of FTP accounts up to date.

use services::app::App;
use services::ftp_file::FtpFile;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Interval between two checks for changed accounts.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// Keeps the file up to date until the worker stops. After a failure, it retries; the first of
/// several failures is logged.
pub(super) async fn keep_up_to_date(mut file: FtpFile, app: &App, stopping: &CancellationToken) {
    let mut failed = false;
    while !stopping.is_cancelled() {
        match file.update(app).await {
            Ok(()) => failed = false,
            Err(error) => {
                if !failed {
                    tracing::error!(%error, path = %file.path().display(), "the file of FTP accounts cannot be written; retrying");
                }
                failed = true;
            }
        }
        tokio::select! {
            () = stopping.cancelled() => {}
            () = tokio::time::sleep(POLL_INTERVAL) => {}
        }
    }
}
