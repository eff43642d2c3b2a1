//! The outbox: mails as files, for installations without a mail server and for looking at.

use super::{MailError, OutgoingMail};
use jiff::Timestamp;
use std::fs::DirBuilder;
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

/// Sorted by name, mails are sorted by time.
pub(super) fn name(mail: &OutgoingMail, at: Timestamp) -> String {
    format!("{}-{}.eml", at.strftime("%Y%m%dT%H%M%S.%6fZ"), mail.id_part())
}

/// Writes a mail: whole or not at all, and only for the owner, for it may hold a password.
pub(super) async fn write(dir: PathBuf, name: String, bytes: Vec<u8>) -> Result<(), MailError> {
    on_disk(move || {
        let mut file = beginning(&dir)?;
        file.write_all(&bytes)?;
        file.as_file().sync_all()?;
        file.persist(dir.join(name)).map(drop).map_err(io::Error::from)
    })
    .await
}

/// Whether a mail could be written.
pub(super) async fn probe(dir: PathBuf) -> Result<(), MailError> {
    on_disk(move || beginning(&dir).map(drop)).await
}

fn beginning(dir: &Path) -> io::Result<tempfile::NamedTempFile> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    tempfile::Builder::new().prefix(".").suffix(".tmp").tempfile_in(dir)
}

async fn on_disk(work: impl FnOnce() -> io::Result<()> + Send + 'static) -> Result<(), MailError> {
    let result = tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)));
    result.map_err(|error| MailError::Unreachable(format!("the outbox cannot be written to: {error}")))
}
