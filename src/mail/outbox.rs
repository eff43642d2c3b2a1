//! The outbox: emails as files, for development and for installations without a mail server.

use super::{MailError, OutgoingMail};
use files::trusted;
use jiff::Timestamp;
use rustix::fs::{AtFlags, Mode, OFlags};
use std::fs::{DirBuilder, File};
use std::io::{self, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

/// Returns the name of an email's file. The order of the names is that of the times.
pub(super) fn name(mail: &OutgoingMail, at: Timestamp) -> String {
    format!("{}-{}.eml", at.strftime("%Y%m%dT%H%M%S.%6fZ"), mail.id_part())
}

/// Writes an email atomically. Only the owner can read it, since it may contain a password.
pub(super) async fn write(dir: PathBuf, name: String, bytes: Vec<u8>) -> Result<(), MailError> {
    on_disk(move || {
        let dir = open(&dir)?;
        let part = format!(".{name}.tmp");
        let mut file = create_temporary(&dir, &part)?;
        let written = file.write_all(&bytes).and_then(|()| file.sync_all());
        let moved = written.and_then(|()| Ok(rustix::fs::renameat(&dir, &part, &dir, &name)?));
        if moved.is_err() {
            let _ = rustix::fs::unlinkat(&dir, &part, AtFlags::empty());
        }
        moved?;
        // The job is marked as done after this. The directory is synced, so that a crash cannot
        // lose the file's name.
        Ok(rustix::fs::fsync(&dir)?)
    })
    .await
}

/// Tests whether an email could be written.
pub(super) async fn probe(dir: PathBuf) -> Result<(), MailError> {
    on_disk(move || {
        let dir = open(&dir)?;
        let part = format!(".probe-{}.tmp", std::process::id());
        create_temporary(&dir, &part)?;
        Ok(rustix::fs::unlinkat(&dir, &part, AtFlags::empty())?)
    })
    .await
}

/// Opens the outbox and creates it if necessary. All work goes through the descriptor, since root
/// may write here below a directory that another user owns.
fn open(dir: &Path) -> io::Result<OwnedFd> {
    match DirBuilder::new().recursive(true).mode(0o700).create(dir) {
        // `open_own_directory` reports anything that exists here but is not a directory.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    Ok(trusted::open_own_directory(dir)?)
}

fn create_temporary(dir: &OwnedFd, part: &str) -> io::Result<File> {
    // A process that died may have left this file behind. Names of emails are unique, so no other
    // process writes it.
    let _ = rustix::fs::unlinkat(dir, part, AtFlags::empty());
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::openat(dir, part, flags, Mode::RUSR | Mode::WUSR)?))
}

async fn on_disk(work: impl FnOnce() -> io::Result<()> + Send + 'static) -> Result<(), MailError> {
    let result = tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(io::Error::other(error)));
    result.map_err(|error| {
        MailError::Unreachable(format!("the outbox cannot be written to: {error}"))
    })
}
