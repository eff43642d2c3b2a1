//! `clientele backup` and `clientele restore`: everything that the database and the secret key
//! hold, in one file.
//!
//! The file is gzip over lines of JSON: a head, then tables and rows, then an end with the number
//! of lines before it and their digest. It opens on every engine, so it also moves an installation
//! from one to another. It holds secrets, as the database and the key do: it is closed to all but
//! its owner, and can be encrypted. The secret key, which opens what is sealed in the database, is
//! in encrypted backups only.

mod encryption;
mod form;
mod reading;

pub(crate) use encryption::{EncryptFor, OpenWith};

use super::setup;
use super::terminal::say;
use age::Encryptor;
use anyhow::{Context as _, ensure};
use auth::seal::SecretKey;
use config::KeySource;
use config::Settings;
use domain::clock::{Clock as _, SystemClock};
use domain::secret::Secret;
use encryption::Sink;
use files::durable;
use files::trusted::{self, Links};
use flate2::Compression;
use flate2::write::GzEncoder;
use form::{End, FORM, Head, MAX_LINE};
use reading::Reading;
use serde::Serialize;
use services::database::{self, Database};
use sha2::{Digest as _, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// Writes lines, and counts and digests them.
struct Writing<W: Write> {
    out: BufWriter<GzEncoder<Sink<W>>>,
    digest: Sha256,
    lines: u64,
}

impl<W: Write> Writing<W> {
    fn new(out: W, encryptor: Option<Encryptor>) -> io::Result<Self> {
        let out = GzEncoder::new(Sink::new(out, encryptor)?, Compression::fast());
        Ok(Self { out: BufWriter::new(out), digest: Sha256::new(), lines: 0 })
    }

    fn line(&mut self, line: &impl Serialize) -> anyhow::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        ensure!(
            text.len() <= MAX_LINE,
            "a row is longer than {} MiB, which no backup can hold",
            MAX_LINE >> 20
        );
        self.digest.update(&text);
        self.lines += 1;
        Ok(self.out.write_all(&text)?)
    }

    fn finish(mut self) -> anyhow::Result<W> {
        let end = End { lines: self.lines, sha256: hex::encode(self.digest.clone().finalize()) };
        self.line(&end)?;
        let gzip = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(gzip.finish()?.finish()?)
    }
}

/// Writes a backup to a file, or to standard output for `-`.
pub(super) async fn backup(
    settings: &Settings,
    to: &Path,
    with_key: bool,
    encrypt: &EncryptFor,
) -> anyhow::Result<()> {
    ensure!(settings.database_url.file().is_none_or(Path::exists), "there is no database yet");
    let encryptor = encrypt.encryptor()?;
    let is_encrypted = encryptor.is_some();
    // Before anything is opened: a key that is missing must not be made here.
    let key = if with_key && is_encrypted { key_text(&settings.secret_key)? } else { None };
    let db = setup::connect(settings).await?;
    ensure!(
        db.pending_migrations().await? == 0,
        "the schema is older than the program; clientele migrate brings it up to date"
    );
    let head = Head {
        clientele_backup: FORM,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: SystemClock.now(),
        steps: database::migrations(),
        secret_key: key.map(|key| key.expose().to_owned()),
    };
    if to == Path::new("-") {
        write(&db, &head, io::stdout().lock(), encryptor).await?.flush()?;
    } else {
        let part = beside(to);
        // One that a killed backup left behind would be in the way of every later one.
        std::fs::remove_file(&part).ok();
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part);
        let file = file.with_context(|| format!("{} cannot be made", part.display()))?;
        let whole = write(&db, &head, file, encryptor)
            .await
            .and_then(|file| Ok(file.sync_all()?))
            .and_then(|()| Ok(durable::rename(&part, to)?));
        if let Err(error) = whole {
            std::fs::remove_file(&part).ok();
            return Err(error.context(format!("the backup {} could not be written", to.display())));
        }
        let size = std::fs::metadata(to)?.len();
        eprintln!("{} holds everything but the files of customers ({size} bytes).", to.display());
    }
    if !is_encrypted {
        eprintln!(
            "It is not encrypted, so the secret key is not in it: keep a copy of that key. With --recipient or --passphrase-file a backup is \
             encrypted and holds the key."
        );
    }
    db.close().await;
    Ok(())
}

async fn write<W: Write>(
    db: &Database,
    head: &Head,
    out: W,
    encryptor: Option<Encryptor>,
) -> anyhow::Result<W> {
    let mut writing = Writing::new(out, encryptor)?;
    writing.line(head)?;
    db.back_up(|line| writing.line(&line)).await?;
    writing.finish()
}

/// A name in the same directory, which says that the file is not whole yet.
fn beside(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

fn key_text(source: &KeySource) -> anyhow::Result<Option<Secret>> {
    match source {
        // Whoever set it in the environment keeps it there.
        KeySource::Given(_) => Ok(None),
        KeySource::File(path) | KeySource::Made(path) => {
            let text =
                trusted::read(path, Links::Follow).context("the secret key cannot be read")?;
            Ok(Some(Secret::new(text.trim())))
        }
    }
}

/// Takes a backup into an empty database.
pub(super) async fn restore(
    settings: &Settings,
    from: &Path,
    with: &OpenWith,
) -> anyhow::Result<()> {
    if from != Path::new("-") {
        // All of it, before anything is changed.
        check(Reading::new(open(from)?, with)?)?;
    }
    let mut lines = Reading::new(open(from)?, with)?;
    let head = lines.head()?;
    let known = database::migrations();
    ensure!(
        known.starts_with(&head.steps),
        "it was made by a newer version ({}); this is {}",
        head.version,
        env!("CARGO_PKG_VERSION")
    );
    settings.make_dirs()?;
    let db = setup::connect(settings).await?;
    let place = || place_key(&settings.secret_key, head.secret_key.as_deref());
    let (rows, key_is_here) = db.restore(head.steps.len(), || lines.next(), place).await?;
    db.close().await;
    say!(
        "Restored {} of the backup made at {}.",
        super::terminal::counted(rows, "row", "rows"),
        head.made_at
    );
    if !key_is_here {
        say!(
            "The secret key was not in the backup: set the one that belongs to it, or what is sealed cannot be opened."
        );
    }
    Ok(())
}

fn open(from: &Path) -> anyhow::Result<Box<dyn Read>> {
    if from == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    Ok(Box::new(File::open(from).with_context(|| format!("{} cannot be read", from.display()))?))
}

/// Reads everything once: a backup that was cut off is found out before anything is written.
fn check(mut lines: Reading) -> anyhow::Result<()> {
    lines.head()?;
    while lines.next()?.is_some() {}
    Ok(())
}

/// Puts the key of the backup into place; gives whether the installation has the key that the
/// backup needs.
fn place_key(source: &KeySource, key: Option<&str>) -> anyhow::Result<bool> {
    let (Some(key), KeySource::File(path) | KeySource::Made(path)) = (key, source) else {
        return Ok(false);
    };
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => {
            writeln!(file, "{key}")?;
            file.sync_all()?;
            durable::sync_parent(path)?;
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let here = std::fs::read_to_string(path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            ensure!(
                here.trim() == key,
                "{} holds another secret key than the backup; move it away first",
                path.display()
            );
        }
        Err(error) => {
            return Err(error)
                .with_context(|| format!("the secret key {} cannot be written", path.display()));
        }
    }
    SecretKey::load(source)?;
    Ok(true)
}
