//! The outbox: mails as files, for installations without a mail server and for looking at.

use super::{MailError, OutgoingMail};
use files::trusted;
use jiff::Timestamp;
use rustix::fs::{AtFlags, Mode, OFlags};
use std::fs::{DirBuilder, File};
use std::io::{self, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

/// Sorted by name, mails are sorted by time.
pub(super) fn name(mail: &OutgoingMail, at: Timestamp) -> String {
    format!("{}-{}.eml", at.strftime("%Y%m%dT%H%M%S.%6fZ"), mail.id_part())
}

/// Writes a mail: whole or not at all, and only for the owner, for it may hold a password.
pub(super) async fn write(dir: PathBuf, name: String, bytes: Vec<u8>) -> Result<(), MailError> {
    on_disk(move || {
        let dir = open(&dir)?;
        let part = format!(".{name}.tmp");
        let mut file = beginning(&dir, &part)?;
        let written = file.write_all(&bytes).and_then(|()| file.sync_all());
        let moved = written.and_then(|()| Ok(rustix::fs::renameat(&dir, &part, &dir, &name)?));
        if moved.is_err() {
            let _ = rustix::fs::unlinkat(&dir, &part, AtFlags::empty());
        }
        moved?;
        // The job that wrote the mail is done after this: a crash must not take the name away
        // again.
        Ok(rustix::fs::fsync(&dir)?)
    })
    .await
}

/// Whether a mail could be written.
pub(super) async fn probe(dir: PathBuf) -> Result<(), MailError> {
    on_disk(move || {
        let dir = open(&dir)?;
        let part = format!(".probe-{}.tmp", std::process::id());
        beginning(&dir, &part)?;
        Ok(rustix::fs::unlinkat(&dir, &part, AtFlags::empty())?)
    })
    .await
}

/// By descriptor: root may write here, below a directory that another user owns.
fn open(dir: &Path) -> io::Result<OwnedFd> {
    match DirBuilder::new().recursive(true).mode(0o700).create(dir) {
        // What is there instead is told in a moment.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    Ok(trusted::own_directory(dir)?)
}

fn beginning(dir: &OwnedFd, part: &str) -> io::Result<File> {
    // Left behind by a process that died; names of mails are unique.
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
