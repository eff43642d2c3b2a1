//! `$1$`, the MD5 variant of crypt(3): 1,000 rounds of MD5 over password and salt. These hashes are
//! only verified, never created. Old imported accounts have such hashes until their next sign-in.

use md5::{Digest as _, Md5};
use subtle::ConstantTimeEq as _;

/// The prefix of these hashes.
pub(super) const PREFIX: &str = "$1$";

/// The number of bytes of a salt that crypt(3) uses.
const SALT_BYTES: usize = 8;
const ROUNDS: usize = 1_000;
const ALPHABET: &[u8; 64] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Whether the password matches the hash; `false` if the text is not such a hash.
pub(super) fn verify(password: &str, stored: &str) -> bool {
    let Some((salt, digest)) = stored.strip_prefix(PREFIX).and_then(|rest| rest.split_once('$'))
    else {
        return false;
    };
    let salt = &salt.as_bytes()[..salt.len().min(SALT_BYTES)];
    encode(&stretched_digest(password.as_bytes(), salt)).as_slice().ct_eq(digest.as_bytes()).into()
}

fn stretched_digest(password: &[u8], salt: &[u8]) -> [u8; 16] {
    let mut hash = initial_digest(password, salt);
    for round in 0..ROUNDS {
        let mut next = Md5::new();
        let odd = round % 2 == 1;
        next.update(if odd { password } else { &hash });
        if round % 3 != 0 {
            next.update(salt);
        }
        if round % 7 != 0 {
            next.update(password);
        }
        next.update(if odd { &hash } else { password });
        hash = next.finalize().into();
    }
    hash
}

fn initial_digest(password: &[u8], salt: &[u8]) -> [u8; 16] {
    let alternate: [u8; 16] = Md5::new()
        .chain_update(password)
        .chain_update(salt)
        .chain_update(password)
        .finalize()
        .into();
    let mut initial = Md5::new().chain_update(password).chain_update(PREFIX).chain_update(salt);
    for part in password.chunks(alternate.len()) {
        initial.update(&alternate[..part.len()]);
    }
    let mut length = password.len();
    while length > 0 {
        initial.update(if length % 2 == 1 { &[0] } else { &password[..1] });
        length /= 2;
    }
    initial.finalize().into()
}

/// Encodes the digest in the byte order and alphabet of crypt(3).
fn encode(hash: &[u8; 16]) -> Vec<u8> {
    const GROUPS: [[usize; 3]; 5] = [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5]];
    let mut text = Vec::with_capacity(22);
    let mut push = |mut bits: usize, characters: usize| {
        for _ in 0..characters {
            text.push(ALPHABET[bits % 64]);
            bits /= 64;
        }
    };
    for group in GROUPS {
        push(group.iter().fold(0, |bits, &at| bits * 256 + usize::from(hash[at])), 4);
    }
    push(usize::from(hash[11]), 2);
    text
}
