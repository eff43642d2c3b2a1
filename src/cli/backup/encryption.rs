//! Encryption of backups in the age format (age-encryption.org/v1), which the `age` program reads
//! and writes too.

use age::secrecy::SecretString;
use age::{Decryptor, Encryptor, Identity, IdentityFile, Recipient, scrypt, x25519};
use anyhow::{Context as _, anyhow, bail, ensure};
use clap::Args;
use domain::secret::Secret;
use files::trusted::{self, Links};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

/// Work of deriving a key from a passphrase, as a power of two; the `age` program does as much.
const WORK: u8 = 18;
/// More than this is not worked for a file that somebody handed us: 1 GiB of memory.
const MOST_WORK: u8 = 20;
/// A passphrase that is read from the environment, so that it is in no list of processes.
const PASSPHRASE: &str = "CLIENTELE_BACKUP_PASSPHRASE";

/// For whom a backup is encrypted.
#[derive(Clone, Debug, Args)]
pub(crate) struct EncryptFor {
    /// Encrypt for this age recipient (`age1…`); may be given several times
    #[arg(
        long = "recipient",
        env = "CLIENTELE_BACKUP_RECIPIENT",
        value_delimiter = ',',
        value_name = "RECIPIENT"
    )]
    recipients: Vec<String>,
    /// Encrypt with the passphrase in the first line of this file (or in
    /// `CLIENTELE_BACKUP_PASSPHRASE`)
    #[arg(long, env = "CLIENTELE_BACKUP_PASSPHRASE_FILE", value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// What opens an encrypted backup.
#[derive(Clone, Debug, Args)]
pub(crate) struct OpenWith {
    /// Open an encrypted backup with this age identity file (`AGE-SECRET-KEY-1…`); may be given
    /// several times
    #[arg(
        long = "identity",
        env = "CLIENTELE_BACKUP_IDENTITY",
        value_delimiter = ',',
        value_name = "FILE"
    )]
    identities: Vec<PathBuf>,
    /// Open it with the passphrase in the first line of this file (or in
    /// `CLIENTELE_BACKUP_PASSPHRASE`)
    #[arg(long, env = "CLIENTELE_BACKUP_PASSPHRASE_FILE", value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl EncryptFor {
    /// The encryptor, if encryption is asked for.
    pub(super) fn encryptor(&self) -> anyhow::Result<Option<Encryptor>> {
        let recipients: Vec<&str> = self
            .recipients
            .iter()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect();
        let passphrase = passphrase(self.passphrase_file.as_deref())?;
        if let Some(passphrase) = passphrase {
            ensure!(
                recipients.is_empty(),
                "a backup is encrypted for recipients or with a passphrase, not with both"
            );
            let mut recipient = scrypt::Recipient::new(passphrase);
            recipient.set_work_factor(WORK);
            return Ok(Some(Encryptor::with_recipients(std::iter::once(
                &recipient as &dyn Recipient,
            ))?));
        }
        let read = |text: &&str| {
            x25519::Recipient::from_str(text)
                .map_err(|why| anyhow!("{text} is not an age recipient: {why}"))
        };
        let recipients: Vec<x25519::Recipient> =
            recipients.iter().map(read).collect::<anyhow::Result<_>>()?;
        if recipients.is_empty() {
            return Ok(None);
        }
        Ok(Some(Encryptor::with_recipients(
            recipients.iter().map(|recipient| recipient as &dyn Recipient),
        )?))
    }
}

impl OpenWith {
    /// Decrypts a backup.
    pub(super) fn open<R: io::Read>(
        &self,
        input: R,
    ) -> anyhow::Result<age::stream::StreamReader<R>> {
        let decryptor =
            Decryptor::new(input).context("the encryption of the backup cannot be read")?;
        let mut identities: Vec<Box<dyn Identity + Send + Sync>> = Vec::new();
        if decryptor.is_scrypt() {
            let passphrase = passphrase(self.passphrase_file.as_deref())?;
            let passphrase = passphrase.context(
                "the backup is encrypted with a passphrase: give it with --passphrase-file FILE",
            )?;
            let mut identity = scrypt::Identity::new(passphrase);
            identity.set_max_work_factor(MOST_WORK);
            identities.push(Box::new(identity));
        } else {
            for path in self.identities.iter().filter(|path| !path.as_os_str().is_empty()) {
                let text = Secret::new(trusted::read(path, Links::Follow)?);
                let file = IdentityFile::from_buffer(text.expose().as_bytes())
                    .with_context(|| format!("{} is no identity file", path.display()))?;
                identities.extend(file.into_identities()?);
            }
            ensure!(
                !identities.is_empty(),
                "the backup is encrypted: name the file of its key with --identity FILE"
            );
        }
        match decryptor
            .decrypt(identities.iter().map(|identity| identity.as_ref() as &dyn Identity))
        {
            Ok(opened) => Ok(opened),
            Err(age::DecryptError::NoMatchingKeys) => {
                bail!("the backup is encrypted for somebody else: this key does not open it")
            }
            Err(age::DecryptError::DecryptionFailed | age::DecryptError::KeyDecryptionFailed) => {
                bail!("this is not the passphrase of the backup")
            }
            Err(other) => Err(anyhow!("the backup cannot be decrypted: {other}")),
        }
    }
}

fn passphrase(file: Option<&Path>) -> anyhow::Result<Option<SecretString>> {
    let text = match file.filter(|path| !path.as_os_str().is_empty()) {
        Some(path) => Some(Secret::new(trusted::read(path, Links::Follow)?)),
        None => std::env::var(PASSPHRASE).ok().map(Secret::new),
    };
    let Some(text) = text else { return Ok(None) };
    let line = text.expose().lines().next().unwrap_or_default();
    if line.is_empty() && file.is_none() {
        return Ok(None);
    }
    ensure!(
        line.chars().count() >= 12,
        "the passphrase of a backup must have at least 12 characters"
    );
    Ok(Some(SecretString::from(line.to_owned())))
}

/// Where a backup is written to, encrypted or not.
pub(super) enum Sink<W: Write> {
    Plain(W),
    Encrypted(age::stream::StreamWriter<W>),
}

impl<W: Write> Sink<W> {
    pub(super) fn new(out: W, encryptor: Option<Encryptor>) -> io::Result<Self> {
        Ok(match encryptor {
            Some(encryptor) => Self::Encrypted(encryptor.wrap_output(out)?),
            None => Self::Plain(out),
        })
    }

    pub(super) fn finish(self) -> io::Result<W> {
        match self {
            Self::Plain(out) => Ok(out),
            Self::Encrypted(stream) => stream.finish(),
        }
    }
}

impl<W: Write> Write for Sink<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(out) => out.write(bytes),
            Self::Encrypted(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Encrypted(stream) => stream.flush(),
        }
    }
}
