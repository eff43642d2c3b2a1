//! Encryption of backups in the age format (age-encryption.org/v1), which the `age` program also
//! reads and writes.

use age::secrecy::SecretString;
use age::{Decryptor, Encryptor, Identity, IdentityFile, Recipient, scrypt, x25519};
use anyhow::{Context as _, anyhow, bail, ensure};
use clap::Args;
use domain::secret::Secret;
use files::trusted::{self, Links};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

/// scrypt work factor for new backups, as a power of two; the `age` program uses the same.
const WORK_FACTOR: u8 = 18;
/// Maximum work factor of a backup that is restored. It takes 1 GiB of memory; a hostile file could
/// demand more.
const MAX_WORK_FACTOR: u8 = 20;
/// Environment variable with the passphrase, which process lists do not show.
const PASSPHRASE: &str = "CLIENTELE_BACKUP_PASSPHRASE";

/// Options of `backup`: recipients or a passphrase. Without either, a backup is not encrypted.
#[derive(Clone, Debug, Args)]
pub(crate) struct EncryptionOptions {
    /// Encrypt for this age recipient (`age1…`); can be repeated
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

/// Options of `restore`: identities or a passphrase to decrypt a backup with.
#[derive(Clone, Debug, Args)]
pub(crate) struct DecryptionOptions {
    /// Decrypt with this age identity file (`AGE-SECRET-KEY-1…`); can be repeated
    #[arg(
        long = "identity",
        env = "CLIENTELE_BACKUP_IDENTITY",
        value_delimiter = ',',
        value_name = "FILE"
    )]
    identities: Vec<PathBuf>,
    /// Decrypt with the passphrase in the first line of this file (or in
    /// `CLIENTELE_BACKUP_PASSPHRASE`)
    #[arg(long, env = "CLIENTELE_BACKUP_PASSPHRASE_FILE", value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl EncryptionOptions {
    /// Returns the encryptor, or `None` for a plain backup.
    pub(super) fn encryptor(&self) -> anyhow::Result<Option<Encryptor>> {
        let recipients: Vec<&str> = self
            .recipients
            .iter()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect();
        let passphrase = read_passphrase(self.passphrase_file.as_deref())?;
        if let Some(passphrase) = passphrase {
            ensure!(
                recipients.is_empty(),
                "a backup is encrypted for recipients or with a passphrase, not with both"
            );
            let mut recipient = scrypt::Recipient::new(passphrase);
            recipient.set_work_factor(WORK_FACTOR);
            return Ok(Some(Encryptor::with_recipients(std::iter::once(
                &recipient as &dyn Recipient,
            ))?));
        }
        let parse = |text: &&str| {
            x25519::Recipient::from_str(text)
                .map_err(|error| anyhow!("{text} is not an age recipient: {error}"))
        };
        let recipients: Vec<x25519::Recipient> =
            recipients.iter().map(parse).collect::<anyhow::Result<_>>()?;
        if recipients.is_empty() {
            return Ok(None);
        }
        Ok(Some(Encryptor::with_recipients(
            recipients.iter().map(|recipient| recipient as &dyn Recipient),
        )?))
    }
}

impl DecryptionOptions {
    /// Decrypts a backup.
    pub(super) fn decrypt<R: io::Read>(
        &self,
        input: R,
    ) -> anyhow::Result<age::stream::StreamReader<R>> {
        let decryptor =
            Decryptor::new(input).context("the encryption of the backup cannot be read")?;
        let mut identities: Vec<Box<dyn Identity + Send + Sync>> = Vec::new();
        if decryptor.is_scrypt() {
            let passphrase = read_passphrase(self.passphrase_file.as_deref())?;
            let passphrase = passphrase
                .context("the backup is encrypted with a passphrase: add --passphrase-file FILE")?;
            let mut identity = scrypt::Identity::new(passphrase);
            identity.set_max_work_factor(MAX_WORK_FACTOR);
            identities.push(Box::new(identity));
        } else {
            for path in self.identities.iter().filter(|path| !path.as_os_str().is_empty()) {
                let text = Secret::new(trusted::read(path, Links::Follow)?);
                let file = IdentityFile::from_buffer(text.expose().as_bytes())
                    .with_context(|| format!("{} is not an identity file", path.display()))?;
                identities.extend(file.into_identities()?);
            }
            ensure!(!identities.is_empty(), "the backup is encrypted: add --identity FILE");
        }
        match decryptor
            .decrypt(identities.iter().map(|identity| identity.as_ref() as &dyn Identity))
        {
            Ok(decrypted) => Ok(decrypted),
            Err(age::DecryptError::NoMatchingKeys) => {
                bail!(
                    "the backup is encrypted for another recipient: none of the identities can decrypt it"
                )
            }
            Err(age::DecryptError::DecryptionFailed | age::DecryptError::KeyDecryptionFailed) => {
                bail!("this is not the passphrase of the backup")
            }
            Err(other) => Err(anyhow!("the backup cannot be decrypted: {other}")),
        }
    }
}

/// Reads the passphrase from the file or, without a file, from the environment.
fn read_passphrase(file: Option<&Path>) -> anyhow::Result<Option<SecretString>> {
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

/// Output of a backup, encrypted or not.
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

    /// Writes the end of the encryption, and returns the inner writer.
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
