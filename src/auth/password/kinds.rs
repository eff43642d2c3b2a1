//! The kinds of hashes that are known.

use super::md5_crypt;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordVerifier as _};
use md5::{Digest as _, Md5};
use sha_crypt::ShaCrypt;
use subtle::ConstantTimeEq as _;

/// The answer to "is this the password?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
#[non_exhaustive]
pub struct Verdict {
    /// It is.
    pub ok: bool,
    /// It is, and the stored hash should be replaced by a new one of the same password.
    pub needs_upgrade: bool,
}

impl Verdict {
    pub(super) const NO: Self = Self { ok: false, needs_upgrade: false };
}

/// What came of a check.
pub(super) struct Answer {
    pub(super) verdict: Verdict,
    /// Whether as much work was done as for one of our own hashes, roughly.
    pub(super) took_time: bool,
}

/// bcrypt looks at so many bytes.
const BCRYPT_BYTES: usize = 72;

// A hash says itself how much work it is. Rows that ask for more than any panel does (an import
// gone wrong, or somebody who can write to the database) must not be able to occupy the machine.
const MAX_BCRYPT_COST: u32 = 16;
const MAX_SHA_ROUNDS: u32 = 1_000_000;
const MAX_ARGON2: [(&str, u32); 3] = [("m", 512 * 1024), ("t", 64), ("p", 64)];

/// Checks a password against a hash of any kind; what is no hash matches nothing.
pub(super) fn verify(password: &str, stored: &str, ours: &Argon2<'_>) -> Answer {
    let took = |ok, needs_upgrade| Answer {
        verdict: Verdict { ok, needs_upgrade: ok && needs_upgrade },
        took_time: true,
    };
    let at_once = |ok| Answer { verdict: Verdict { ok, needs_upgrade: ok }, took_time: false };
    if stored.starts_with("$argon2id$") || stored.starts_with("$argon2i$") {
        match PasswordHash::new(stored) {
            Ok(hash) if argon2_is_sane(&hash) => took(
                ours.verify_password(password.as_bytes(), &hash).is_ok(),
                !is_like(&hash, ours),
            ),
            _ => at_once(false),
        }
    } else if let Some(cost) = bcrypt_cost(stored) {
        // A zero byte would make two different passwords the same to bcrypt.
        if cost > MAX_BCRYPT_COST || password.contains('\0') {
            return at_once(false);
        }
        // Of a longer password only the beginning was checked, so the rest may be mistyped: it must
        // not become the new hash.
        took(bcrypt::verify(password, stored).unwrap_or(false), password.len() <= BCRYPT_BYTES)
    } else if stored.starts_with("$5$") || stored.starts_with("$6$") {
        if sha_rounds(stored) > MAX_SHA_ROUNDS {
            return at_once(false);
        }
        took(ShaCrypt::default().verify_password(password.as_bytes(), stored).is_ok(), true)
    } else if stored.starts_with(md5_crypt::PREFIX) {
        at_once(md5_crypt::verify(password, stored))
    } else if is_bare_md5(stored) {
        let digest = hex::encode(Md5::digest(password.as_bytes()));
        at_once(digest.as_bytes().ct_eq(stored.to_ascii_lowercase().as_bytes()).into())
    } else {
        at_once(false)
    }
}

/// Whether somebody could sign in with this: it is a hash of a known kind that asks for no more
/// work than is done.
pub(super) fn is_known(stored: &str) -> bool {
    if stored.starts_with("$argon2id$") || stored.starts_with("$argon2i$") {
        return PasswordHash::new(stored).is_ok_and(|hash| argon2_is_sane(&hash));
    }
    let crypt = ["$5$", "$6$", md5_crypt::PREFIX].iter().any(|prefix| stored.starts_with(prefix));
    bcrypt_cost(stored).is_some_and(|cost| cost <= MAX_BCRYPT_COST)
        || (crypt && sha_rounds(stored) <= MAX_SHA_ROUNDS)
        || is_bare_md5(stored)
}

fn is_bare_md5(stored: &str) -> bool {
    stored.len() == 32 && stored.bytes().all(|b| b.is_ascii_hexdigit())
}

fn argon2_is_sane(hash: &PasswordHash) -> bool {
    MAX_ARGON2
        .iter()
        .all(|&(name, max)| hash.params.get_decimal(name).is_none_or(|value| value <= max))
}

/// Whether a hash is what we would make today.
fn is_like(hash: &PasswordHash, ours: &Argon2<'_>) -> bool {
    let params = ours.params();
    let wanted = [("m", params.m_cost()), ("t", params.t_cost()), ("p", params.p_cost())];
    hash.algorithm.as_str() == "argon2id"
        && hash.version == Some(argon2::Version::V0x13.into())
        && wanted.iter().all(|&(name, value)| hash.params.get_decimal(name) == Some(value))
}

fn bcrypt_cost(stored: &str) -> Option<u32> {
    let rest = ["$2y$", "$2b$", "$2a$"].iter().find_map(|prefix| stored.strip_prefix(prefix))?;
    rest.split_once('$')?.0.parse().ok()
}

fn sha_rounds(stored: &str) -> u32 {
    stored
        .split('$')
        .nth(2)
        .and_then(|field| field.strip_prefix("rounds="))
        .map_or(0, |rounds| rounds.parse().unwrap_or(u32::MAX))
}
