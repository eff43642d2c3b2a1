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

/// A verdict, and whether it needed the time of a slow algorithm.
pub(super) struct VerifyOutcome {
    pub(super) verdict: Verdict,
    /// Whether an algorithm ran that is slow by design. If not, the caller adds the work of an
    /// argon2id hash, so that the time does not reveal the format.
    pub(super) did_full_work: bool,
}

/// The number of bytes of a password that bcrypt uses.
const BCRYPT_BYTES: usize = 72;

// A hash states its own cost. Without these limits, a row with an excessive cost could exhaust the
// machine. Such a row can come from a faulty import, or from an attacker with write access to the
// database.
const MAX_BCRYPT_COST: u32 = 16;
const MAX_SHA_ROUNDS: u32 = 1_000_000;
const MAX_ARGON2_PARAMS: [(&str, u32); 3] = [("m", 512 * 1024), ("t", 64), ("p", 64)];

/// Verifies a password against a hash of any supported format. Other texts match no password.
pub(super) fn verify(password: &str, stored: &str, ours: &Argon2<'_>) -> VerifyOutcome {
    let slow = |ok, needs_upgrade| VerifyOutcome {
        verdict: Verdict { ok, needs_upgrade: ok && needs_upgrade },
        did_full_work: true,
    };
    let fast =
        |ok| VerifyOutcome { verdict: Verdict { ok, needs_upgrade: ok }, did_full_work: false };
    if stored.starts_with("$argon2id$") || stored.starts_with("$argon2i$") {
        match PasswordHash::new(stored) {
            Ok(hash) if argon2_cost_is_accepted(&hash) => slow(
                ours.verify_password(password.as_bytes(), &hash).is_ok(),
                !has_same_parameters(&hash, ours),
            ),
            _ => fast(false),
        }
    } else if let Some(cost) = bcrypt_cost(stored) {
        // bcrypt repeats the password with its terminating zero byte, so the hash of `a` would
        // match `a\0a`, too.
        if cost > MAX_BCRYPT_COST || password.contains('\0') {
            return fast(false);
        }
        // bcrypt compared only the beginning of a longer password. The rest may be mistyped, so no
        // new hash must be made of this password.
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

/// Whether the text has the structure of a hash of a supported format, with a cost within the
/// limits.
pub(super) fn is_known(stored: &str) -> bool {
    if stored.starts_with("$argon2id$") || stored.starts_with("$argon2i$") {
        return PasswordHash::new(stored).is_ok_and(|hash| argon2_cost_is_accepted(&hash));
    }
    is_bcrypt(stored) || is_crypt(stored) || is_bare_md5(stored)
}

fn is_bcrypt(stored: &str) -> bool {
    bcrypt_cost(stored).is_some_and(|cost| cost <= MAX_BCRYPT_COST)
        && stored.parse::<bcrypt::HashParts>().is_ok()
}

/// Whether the text has the fields of a hash of crypt(3): the format, optionally the rounds, a
/// salt, and a digest with the length that the format prescribes.
fn is_crypt(stored: &str) -> bool {
    let formats = [(md5_crypt::PREFIX, 22), ("$5$", 43), ("$6$", 86)];
    let fields =
        formats.iter().find_map(|(prefix, length)| Some((stored.strip_prefix(prefix)?, *length)));
    let Some((fields, length)) = fields else { return false };
    let after_rounds = match fields.split_once('$') {
        Some((rounds, rest)) if rounds.starts_with("rounds=") => rest,
        _ => fields,
    };
    let is_encoded = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/');
    sha_rounds(stored) <= MAX_SHA_ROUNDS
        && after_rounds
            .split_once('$')
            .is_some_and(|(_, digest)| digest.len() == length && digest.bytes().all(is_encoded))
}

fn is_bare_md5(stored: &str) -> bool {
    stored.len() == 32 && stored.bytes().all(|b| b.is_ascii_hexdigit())
}

fn argon2_cost_is_accepted(hash: &PasswordHash) -> bool {
    MAX_ARGON2_PARAMS
        .iter()
        .all(|&(name, max)| hash.params.get_decimal(name).is_none_or(|value| value <= max))
}

/// Whether a new hash would have the same algorithm, version and parameters.
fn has_same_parameters(hash: &PasswordHash, ours: &Argon2<'_>) -> bool {
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
