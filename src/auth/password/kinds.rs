//! The supported formats of password hashes.

use super::md5_crypt;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordVerifier as _};
use md5::{Digest as _, Md5};
use sha_crypt::ShaCrypt;
use subtle::ConstantTimeEq as _;

/// The result of verifying a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
#[non_exhaustive]
pub struct Verdict {
    /// Whether the password is right.
    pub ok: bool,
    /// Whether the password is right and its stored hash should be replaced by a new one.
    pub needs_upgrade: bool,
}

impl Verdict {
    pub(super) const NO: Self = Self { ok: false, needs_upgrade: false };
}

/// A verdict, and whether it took as long as with one of our own hashes.
pub(super) struct Answer {
    pub(super) verdict: Verdict,
    /// Whether the work was roughly that of one of our own hashes.
    pub(super) took_time: bool,
}

/// The number of bytes of a password that bcrypt uses.
const BCRYPT_BYTES: usize = 72;

// A hash states its own cost. These limits keep rows with an excessive cost, from a faulty import
// or from an attacker with write access to the database, from exhausting the machine.
const MAX_BCRYPT_COST: u32 = 16;
const MAX_SHA_ROUNDS: u32 = 1_000_000;
const MAX_ARGON2: [(&str, u32); 3] = [("m", 512 * 1024), ("t", 64), ("p", 64)];

/// Verifies a password against a hash of any supported format. Other texts match no password.
pub(super) fn verify(password: &str, stored: &str, ours: &Argon2<'_>) -> Answer {
    let slow = |ok, needs_upgrade| Answer {
        verdict: Verdict { ok, needs_upgrade: ok && needs_upgrade },
        took_time: true,
    };
    let fast = |ok| Answer { verdict: Verdict { ok, needs_upgrade: ok }, took_time: false };
    if stored.starts_with("$argon2id$") || stored.starts_with("$argon2i$") {
        match PasswordHash::new(stored) {
            Ok(hash) if argon2_is_sane(&hash) => slow(
                ours.verify_password(password.as_bytes(), &hash).is_ok(),
                !is_like(&hash, ours),
            ),
            _ => fast(false),
        }
    } else if let Some(cost) = bcrypt_cost(stored) {
        // bcrypt repeats the password with its terminating zero byte, so the hash of `a` would
        // match `a\0a`, too.
        if cost > MAX_BCRYPT_COST || password.contains('\0') {
            return fast(false);
        }
        // bcrypt compared only the beginning of a longer password. The rest may be mistyped, so the
        // password must not become the new hash.
        slow(bcrypt::verify(password, stored).unwrap_or(false), password.len() <= BCRYPT_BYTES)
    } else if stored.starts_with("$5$") || stored.starts_with("$6$") {
        if sha_rounds(stored) > MAX_SHA_ROUNDS {
            return fast(false);
        }
        slow(ShaCrypt::default().verify_password(password.as_bytes(), stored).is_ok(), true)
    } else if stored.starts_with(md5_crypt::PREFIX) {
        fast(md5_crypt::verify(password, stored))
    } else if is_bare_md5(stored) {
        let digest = hex::encode(Md5::digest(password.as_bytes()));
        fast(digest.as_bytes().ct_eq(stored.to_ascii_lowercase().as_bytes()).into())
    } else {
        fast(false)
    }
}

/// Whether the text looks like a hash of a supported format whose cost is within the limits. Only
/// argon2 hashes are parsed completely.
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

/// Whether a new hash would have the same algorithm, version and parameters.
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
