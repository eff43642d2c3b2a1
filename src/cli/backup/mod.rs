//! `clientele backup` and `clientele restore`: database and secret key in one file.
//!
//! The file is gzip over JSON lines: a header, tables with their rows, and a trailer with the
//! number of lines and their digest. A backup can be restored on every database engine, so it also
//! migrates an installation from one engine to another. It contains secrets. Only the file's owner
//! can read it, and it can be encrypted. The secret key, which opens sealed values in the database,
//! is in encrypted backups only.

mod encryption;
mod format;
mod reader;

pub(crate) use encryption::{DecryptionOptions, EncryptionOptions};

use super::setup;
use super::terminal::print_line;
use age::Encryptor;
use anyhow::{Context as _, ensure};
use auth::seal::SecretKey;
use config::KeySource;
use config::Settings;
use domain::clock::{Clock as _, SystemClock};
use encryption::Sink;
use files::durable;
use flate2::Compression;
use flate2::write::GzEncoder;
use format::{FORMAT_VERSION, Header, MAX_LINE, Trailer};
use reader::BackupReader;
use serde::Serialize;
use services::database::{self, Database};
use sha2::{Digest as _, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// Writes JSON lines, and updates their count and digest.
struct BackupWriter<W: Write> {
    out: BufWriter<GzEncoder<Sink<W>>>,
    digest: Sha256,
    lines: u64,
}

impl<W: Write> BackupWriter<W> {
    fn new(out: W, encryptor: Option<Encryptor>) -> io::Result<Self> {
        let out = GzEncoder::new(Sink::new(out, encryptor)?, Compression::fast());
        Ok(Self { out: BufWriter::new(out), digest: Sha256::new(), lines: 0 })
    }

    fn write_line(&mut self, line: &impl Serialize) -> anyhow::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        ensure!(
            text.len() <= MAX_LINE,
            "a row is longer than {} MiB, which backups do not support",
            MAX_LINE >> 20
        );
        self.digest.update(&text);
        self.lines += 1;
        Ok(self.out.write_all(&text)?)
    }

    fn finish(mut self) -> anyhow::Result<W> {
        let trailer =
            Trailer { lines: self.lines, sha256: hex::encode(self.digest.clone().finalize()) };
        self.write_line(&trailer)?;
        let gzip = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(gzip.finish()?.finish()?)
    }
}

/// Writes a backup to a file, or to standard output for `-`.
pub(super) async fn backup(
    settings: &Settings,
    to: &Path,
    with_key: bool,
    encryption: &EncryptionOptions,
) -> anyhow::Result<()> {
    ensure!(!settings.database_url.is_missing_file(), "there is no database yet");
    let encryptor = encryption.encryptor()?;
    let is_encrypted = encryptor.is_some();
    // Fail on a missing key before the database is opened. `read_text` does not create the key.
    let note = missing_key_note(&settings.secret_key, with_key, is_encrypted);
    let key = match note {
        None => Some(SecretKey::read_text(&settings.secret_key)?),
        Some(_) => None,
    };
    let db = setup::connect(settings).await?;
    ensure!(
        db.pending_migrations().await? == 0,
        "the schema is older than the program; run clientele migrate first"
    );
    let header = Header {
        clientele_backup: FORMAT_VERSION,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: SystemClock.now(),
        steps: database::migrations(),
        secret_key: key.map(|key| key.expose().trim().to_owned()),
    };
    if to == Path::new("-") {
        write_backup(&db, &header, io::stdout().lock(), encryptor).await?.flush()?;
    } else {
        let temporary = temporary_path(to);
        // Remove the file of an interrupted backup, because `create_new` fails if the file exists.
        std::fs::remove_file(&temporary).ok();
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&temporary);
        let file = file.with_context(|| format!("{} cannot be created", temporary.display()))?;
        let outcome = write_backup(&db, &header, file, encryptor)
            .await
            .and_then(|file| Ok(file.sync_all()?))
            .and_then(|()| Ok(durable::rename(&temporary, to)?));
        if let Err(error) = outcome {
            std::fs::remove_file(&temporary).ok();
            return Err(error.context(format!("the backup {} could not be written", to.display())));
        }
        let size = std::fs::metadata(to)?.len();
        eprintln!(
            "The backup was written to {} ({size} bytes). It does not contain customers' files.",
            to.display()
        );
    }
    if let Some(note) = note {
        eprintln!("{note}");
    }
    db.close().await;
    Ok(())
}

async fn write_backup<W: Write>(
    db: &Database,
    header: &Header,
    out: W,
    encryptor: Option<Encryptor>,
) -> anyhow::Result<W> {
    let mut writer = BackupWriter::new(out, encryptor)?;
    writer.write_line(header)?;
    db.back_up(|line| writer.write_line(&line)).await?;
    writer.finish()
}

/// Returns the path of an incomplete backup, in the same directory.
fn temporary_path(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// Returns the note that the backup does not contain the secret key, with the reason, or `None` if
/// the backup contains it.
fn missing_key_note(
    source: &KeySource,
    with_key: bool,
    is_encrypted: bool,
) -> Option<&'static str> {
    if !is_encrypted {
        return Some(
            "The backup is not encrypted, so the secret key is not in it: keep a copy of the key. With --recipient or --passphrase-file, the backup is \
             encrypted and contains the key if it is stored in a file.",
        );
    }
    if !with_key {
        return Some(
            "The secret key is not in the backup, because of --without-key: keep a copy of the key.",
        );
    }
    match source {
        // The key is a setting, and a backup does not contain the settings.
        KeySource::Given(_) => Some(
            "The secret key is not in the backup, because it is not stored in a file: keep a copy of the setting secret_key (CLIENTELE_SECRET_KEY).",
        ),
        KeySource::File(_) | KeySource::Generated(_) => None,
    }
}

/// Restores a backup into an empty database.
pub(super) async fn restore(
    settings: &Settings,
    from: &Path,
    decryption: &DecryptionOptions,
) -> anyhow::Result<()> {
    if from != Path::new("-") {
        // Read the whole file once, before anything is changed.
        check(BackupReader::new(open(from)?, decryption)?)?;
    }
    let mut reader = BackupReader::new(open(from)?, decryption)?;
    let header = reader.read_header()?;
    let migrations = database::migrations();
    ensure!(
        migrations.starts_with(&header.steps),
        "the backup was made by a newer version ({}); this is {}",
        header.version,
        env!("CARGO_PKG_VERSION")
    );
    settings.create_dirs()?;
    let db = setup::connect(settings).await?;
    let write_key = || write_key(&settings.secret_key, header.secret_key.as_deref());
    let (rows, has_key) = db.restore(header.steps.len(), || reader.next_line(), write_key).await?;
    db.close().await;
    print_line!(
        "Restored {} of the backup made at {}.",
        super::terminal::with_noun(rows, "row", "rows"),
        header.made_at
    );
    if !has_key {
        print_line!(
            "The secret key was not in the backup: configure the key of the backed-up installation, or sealed values cannot be opened."
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

/// Reads the whole backup, so that a truncated file is detected before anything is written.
fn check(mut reader: BackupReader) -> anyhow::Result<()> {
    reader.read_header()?;
    while reader.next_line()?.is_some() {}
    Ok(())
}

/// Writes the key of the backup to the file of the secret key, or compares it with the key that
/// exists. Returns whether the backup contains a key.
fn write_key(source: &KeySource, key: Option<&str>) -> anyhow::Result<bool> {
    let Some(key) = key.map(str::trim) else { return Ok(false) };
    let path = match source {
        KeySource::Given(existing) => {
            ensure!(
                existing.expose().trim() == key,
                "secret_key differs from the secret key of the backup; set it to the key of the backed-up installation, or remove the setting to restore \
                 the key from the backup"
            );
            return Ok(true);
        }
        KeySource::File(path) | KeySource::Generated(path) => path,
    };
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => {
            writeln!(file, "{key}")?;
            file.sync_all()?;
            durable::sync_parent(path)?;
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            ensure!(
                SecretKey::read_text(source)?.expose().trim() == key,
                "{} contains a different secret key than the backup; move the file away first",
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
