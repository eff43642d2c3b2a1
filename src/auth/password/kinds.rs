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

/// The supported formats.
enum Format {
    /// argon2id or argon2i.
    Argon2(Box<PasswordHash>),
    Bcrypt,
    /// The SHA-256 or SHA-512 of crypt(3).
    ShaCrypt,
    Md5Crypt,
    /// A hexadecimal MD5 digest without salt.
    BareMd5,
}

impl Format {
    /// Returns the format of a hash. Returns `None` if the text does not have the structure of a
    /// supported format, or if the cost exceeds the limits.
    fn of(stored: &str) -> Option<Self> {
        if stored.starts_with("$argon2id$") || stored.starts_with("$argon2i$") {
            let hash = PasswordHash::new(stored).ok().filter(argon2_cost_is_accepted)?;
            Some(Self::Argon2(Box::new(hash)))
        } else if is_bcrypt(stored) {
            Some(Self::Bcrypt)
        } else if is_crypt(stored) {
            Some(if stored.starts_with(md5_crypt::PREFIX) {
                Self::Md5Crypt
            } else {
                Self::ShaCrypt
            })
        } else {
            is_bare_md5(stored).then_some(Self::BareMd5)
        }
    }
}

/// Verifies a password against a hash of any supported format. Other texts match no password.
pub(super) fn verify(password: &str, stored: &str, ours: &Argon2<'_>) -> VerifyOutcome {
    let slow = |ok, needs_upgrade| VerifyOutcome {
        verdict: Verdict { ok, needs_upgrade: ok && needs_upgrade },
        did_full_work: true,
    };
    let fast =
        |ok| VerifyOutcome { verdict: Verdict { ok, needs_upgrade: ok }, did_full_work: false };
    match Format::of(stored) {
        Some(Format::Argon2(hash)) => slow(
            ours.verify_password(password.as_bytes(), &*hash).is_ok(),
            !has_same_parameters(&hash, ours),
        ),
        // bcrypt repeats the password with its terminating zero byte, so the hash of `a` would
        // match `a\0a`, too.
        Some(Format::Bcrypt) if password.contains('\0') => fast(false),
        // bcrypt compared only the beginning of a longer password. The rest may be mistyped, so the
        // password must not become the new hash.
        Some(Format::Bcrypt) => {
            slow(bcrypt::verify(password, stored).unwrap_or(false), password.len() <= BCRYPT_BYTES)
        }
        Some(Format::ShaCrypt) => {
            slow(ShaCrypt::default().verify_password(password.as_bytes(), stored).is_ok(), true)
        }
        Some(Format::Md5Crypt) => fast(md5_crypt::verify(password, stored)),
        Some(Format::BareMd5) => {
            let digest = hex::encode(Md5::digest(password.as_bytes()));
            fast(digest.as_bytes().ct_eq(stored.to_ascii_lowercase().as_bytes()).into())
        }
        None => fast(false),
    }
}

/// Whether the text has the structure of a hash of a supported format, with a cost within the
/// limits.
pub(super) fn is_known(stored: &str) -> bool {
    Format::of(stored).is_some()
}

fn is_bcrypt(stored: &str) -> bool {
    ["$2y$", "$2b$", "$2a$"].iter().any(|prefix| stored.starts_with(prefix))
        && stored
            .parse::<bcrypt::HashParts>()
            .is_ok_and(|parts| parts.get_cost() <= MAX_BCRYPT_COST)
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

fn sha_rounds(stored: &str) -> u32 {
    stored
        .split('$')
        .nth(2)
        .and_then(|field| field.strip_prefix("rounds="))
        .map_or(0, |rounds| rounds.parse().unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::{Algorithm, Params, PasswordHasher as _, Version};

    const SALT: &[u8] = b"sixteen letters.";

    fn argon2(algorithm: Algorithm, version: Version, [m, t, p]: [u32; 3]) -> Argon2<'static> {
        Argon2::new(algorithm, version, Params::new(m, t, p, None).unwrap())
    }

    fn ours() -> Argon2<'static> {
        argon2(Algorithm::Argon2id, Version::V0x13, [16, 2, 2])
    }

    /// Returns whether the password of the hash is right, and whether the hash needs an upgrade.
    fn verdict_on(made_by: &Argon2<'_>) -> (bool, bool) {
        let hash = made_by.hash_password_with_salt(b"word", SALT).unwrap().to_string();
        assert!(!verify("wort", &hash, &ours()).verdict.ok, "{hash}");
        let Verdict { ok, needs_upgrade } = verify("word", &hash, &ours()).verdict;
        (ok, needs_upgrade)
    }

    #[test]
    fn argon2_hashes_of_other_parameters_need_an_upgrade() {
        use {Algorithm as A, Version as V};
        for (algorithm, version, params, needs_upgrade) in [
            (A::Argon2id, V::V0x13, [16, 2, 2], false),
            (A::Argon2i, V::V0x13, [16, 2, 2], true),
            (A::Argon2id, V::V0x10, [16, 2, 2], true),
            (A::Argon2id, V::V0x13, [17, 2, 2], true),
            (A::Argon2id, V::V0x13, [16, 3, 2], true),
            (A::Argon2id, V::V0x13, [16, 2, 1], true),
        ] {
            assert_eq!(
                verdict_on(&argon2(algorithm, version, params)),
                (true, needs_upgrade),
                "{algorithm} {version:?} {params:?}"
            );
        }
    }

    #[test]
    fn a_hash_of_excessive_cost_matches_not_even_its_password() {
        let made_with =
            |passes| verdict_on(&argon2(Algorithm::Argon2id, Version::V0x13, [8, passes, 1]));
        assert_eq!((made_with(64), made_with(65)), ((true, true), (false, false)));
    }

    #[test]
    fn the_cost_of_known_hashes_is_limited() {
        let argon2 = |parameters: &str| {
            format!(
                "$argon2id$v=19${parameters}$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
            )
        };
        let bcrypt = |cost: u32| {
            format!("$2b${cost:02}$abcdefghijklmnopqrstuuWHagVnvJ.N9lG/E4IADoS03cVWhioVy")
        };
        let sha = |format: u32, rounds: &str, length: usize| {
            format!("${format}$rounds={rounds}$salt${}", "a".repeat(length))
        };
        for (hash, is_accepted) in [
            (argon2("m=524288,t=64,p=64"), true),
            (argon2("m=524289,t=1,p=1"), false),
            (argon2("m=512,t=65,p=1"), false),
            (argon2("m=1024,t=1,p=65"), false),
            (bcrypt(4), true),
            (bcrypt(16), true),
            (bcrypt(17), false),
            (bcrypt(99), false),
            (sha(5, "1000000", 43), true),
            (sha(6, "1000000", 86), true),
            (sha(5, "1000001", 43), false),
            (sha(6, "1000001", 86), false),
            (sha(6, "4294967296", 86), false),
            (sha(6, "many", 86), false),
        ] {
            assert_eq!(is_known(&hash), is_accepted, "{hash}");
        }
    }

    #[test]
    fn known_hashes_have_the_length_and_alphabet_of_their_format() {
        let zeros = |n| "0".repeat(n);
        for (prefix, length) in
            [("", 32), ("$1$salt$", 22), ("$1$$", 22), ("$5$salt$", 43), ("$6$salt$", 86)]
        {
            for (digest, is_accepted) in [
                (zeros(length), true),
                (zeros(length - 1), false),
                (zeros(length + 1), false),
                (zeros(length - 1) + "*", false),
                (zeros(length - 1) + "$", false),
            ] {
                let hash = format!("{prefix}{digest}");
                assert_eq!(is_known(&hash), is_accepted, "{hash}");
            }
        }
        for prefix in ["$2y$", "$2b$", "$2a$", "$2x$", "$2$", "$3$"] {
            let hash = format!("{prefix}04$abcdefghijklmnopqrstuuWHagVnvJ.N9lG/E4IADoS03cVWhioVy");
            assert_eq!(is_known(&hash), ["$2y$", "$2b$", "$2a$"].contains(&prefix), "{hash}");
        }
    }

    #[test]
    fn only_slow_algorithms_take_the_time_of_an_own_hash() {
        let bcrypt = "$2y$04$abcdefghijklmnopqrstuuWHagVnvJ.N9lG/E4IADoS03cVWhioVy";
        let own = ours().hash_password_with_salt(b"word", SALT).unwrap().to_string();
        let sha = format!("$5$rounds=1000$salt${}", "a".repeat(43));
        for (password, stored, is_slow) in [
            ("wort", own.as_str(), true),
            ("wort", bcrypt, true),
            ("wo\0rt", bcrypt, false),
            ("wort", &sha, true),
            ("wort", "$1$abcdefgh$G//4keteveJp0qb8z2DxG/", false),
            ("wort", "3f09147092d8a11b0920524633524632", false),
            ("wort", "no hash", false),
        ] {
            assert_eq!(verify(password, stored, &ours()).did_full_work, is_slow, "{stored}");
        }
    }
}
