//! Digests of random keys and tokens, and of names in tables that must not reveal them.

use sha2::{Digest as _, Sha256};

/// Returns the SHA-256 digest of a text, in hexadecimal. Keys and tokens are random and long, so
/// their digests need neither a salt nor a slow hash.
#[must_use]
pub fn digest(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}
