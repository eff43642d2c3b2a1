//! The secret key of an installation, and the encryption of values in the database.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use config::{KeySource, MIN_KEY};
use domain::random::{OsRandom, RandomSource as _, hex_token};
use domain::secret::Secret;
use files::durable;
use files::trusted::{self, Links};
use hkdf::Hkdf;
use sha2::Sha256;
use std::fmt;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The reason why the secret key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or created.
    #[error("the secret key file {path} cannot be used: {cause}", path = path.display())]
    File { path: PathBuf, cause: io::Error },
    #[error(
        "the secret key must have at least {MIN_KEY} bytes; `openssl rand -hex 32` generates a suitable key"
    )]
    TooShort,
}

/// The secret from which all keys of an installation are derived.
#[derive(Clone)]
pub struct SecretKey(Zeroizing<Vec<u8>>);

impl SecretKey {
    /// Accepts a key of at least [`MIN_KEY`] bytes. Whitespace before and after it is ignored.
    ///
    /// # Errors
    /// [`KeyError::TooShort`].
    pub fn new(text: &Secret) -> Result<Self, KeyError> {
        let text = text.expose().trim().as_bytes();
        if text.len() < MIN_KEY {
            Err(KeyError::TooShort)
        } else {
            Ok(Self(Zeroizing::new(text.to_vec())))
        }
    }

    /// Reads the key. With [`KeySource::Generated`], creates it if the file does not exist. If
    /// several processes start at once, one of them creates the key and all use it.
    pub fn load(source: &KeySource) -> Result<Self, KeyError> {
        if let KeySource::Generated(path) = source
            && path.symlink_metadata().is_err()
        {
            create(path).map_err(|cause| KeyError::File { path: path.clone(), cause })?;
        }
        Self::new(&Self::read_text(source)?)
    }

    /// Reads the text of the key without creating a file.
    ///
    /// # Errors
    /// [`KeyError::File`].
    pub fn read_text(source: &KeySource) -> Result<Secret, KeyError> {
        match source {
            KeySource::Given(text) => Ok(text.clone()),
            KeySource::File(path) => read(path, Links::Follow),
            KeySource::Generated(path) => read(path, Links::Refuse),
        }
    }

    /// Derives a key of `N` bytes for one purpose with HKDF-SHA-256. The key reveals nothing about
    /// the keys of other purposes.
    ///
    /// # Panics
    /// If `N` is greater than 8,160, the limit of HKDF.
    #[must_use]
    pub fn derive<const N: usize>(&self, purpose: &str) -> Zeroizing<[u8; N]> {
        let mut key = Zeroizing::new([0; N]);
        let expanded =
            Hkdf::<Sha256>::new(None, &self.0).expand(purpose.as_bytes(), key.as_mut_slice());
        assert!(expanded.is_ok(), "a derived key is at most 8,160 bytes long");
        key
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

fn read(path: &Path, links: Links) -> Result<Secret, KeyError> {
    trusted::read(path, links)
        .map(Secret::new)
        .map_err(|error| KeyError::File { path: path.to_owned(), cause: error.into() })
}

/// Writes a new key atomically, with mode 0600, unless another process has written one.
fn create(path: &Path) -> io::Result<()> {
    // The parent of a bare file name is the empty path, which is the working directory.
    let dir = path.parent().unwrap_or(path);
    let mut file = tempfile::Builder::new().prefix(".secret-key-").tempfile_in(dir)?;
    let key = Zeroizing::new(hex_token(&OsRandom, 32));
    writeln!(file, "{}", *key)?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => Err(error.error),
        // After a crash, sealed values must not exist without their key, so the directory is
        // synced.
        _ => durable::sync_parent(path),
    }
}

/// A value cannot be sealed or opened. A sealed value does not open with another key or context, or
/// after a change.
#[derive(Debug, thiserror::Error)]
#[error("the sealed value cannot be opened with this key and context")]
pub struct SealError;

/// The first byte of every sealed value. It identifies the encryption scheme.
const SCHEME: u8 = 1;
const NONCE_BYTES: usize = 24;

/// Seals and opens values that are stored in the database, with XChaCha20-Poly1305. Clones are
/// cheap.
#[derive(Clone)]
pub struct Sealer(XChaCha20Poly1305);

impl Sealer {
    /// Returns a sealer with a key of its own, derived from the secret key.
    #[must_use]
    pub fn new(key: &SecretKey) -> Self {
        let key = key.derive::<32>("clientele seal 1");
        Self(XChaCha20Poly1305::new(&(*key).into()))
    }

    /// Seals a value for one context, such as a row. The value opens only with the same `context`,
    /// so an attacker gains nothing by moving it to another row.
    ///
    /// # Errors
    /// If the value is longer than 256 GiB, the limit of the cipher.
    pub fn seal(&self, context: &str, plaintext: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0; NONCE_BYTES];
        OsRandom.fill(&mut nonce);
        let payload = Payload { msg: plaintext, aad: context.as_bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError)?;
        Ok([&[SCHEME], nonce.as_slice(), &sealed].concat())
    }

    /// Opens a value that was sealed with the same `context`.
    ///
    /// # Errors
    /// If the value was sealed with another key or context, or was changed afterwards.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let rest = sealed.strip_prefix(&[SCHEME]).ok_or(SealError)?;
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(SealError)?;
        let payload = Payload { msg: ciphertext, aad: context.as_bytes() };
        self.0.decrypt(&XNonce::from(*nonce), payload).map(Zeroizing::new).map_err(|_| SealError)
    }

    /// Opens a sealed secret, such as a password.
    ///
    /// # Errors
    /// As [`open`](Self::open), or if the content is not valid UTF-8.
    pub fn open_secret(&self, context: &str, sealed: &[u8]) -> Result<Secret, SealError> {
        let bytes = self.open(context, sealed)?;
        std::str::from_utf8(&bytes).map(Secret::from).map_err(|_| SealError)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer(…)")
    }
}

#[cfg(test)]
mod tests;
