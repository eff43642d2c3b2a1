//! The CSRF token of a session: stored in the session as it is, and masked in pages.
//!
//! If a compressed page contains both a secret and text that an attacker chooses, its length
//! reveals the secret (BREACH). Each page therefore has a random pad, followed by the token XOR-ed
//! with the pad.

use actix_session::Session;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::random::{self, RandomSource};
use services::app::App;
use subtle::ConstantTimeEq as _;

/// The hidden field with the token.
pub const FIELD: &str = "csrf_token";
/// The key in the session.
pub(super) const KEY: &str = "csrf";

/// Returns the token of a session. Creates one if the session has none.
pub fn ensure_token(session: &Session, app: &App) -> String {
    if let Ok(Some(secret)) = session.get::<String>(KEY) {
        return secret;
    }
    let secret = random::token(app.env.random.as_ref(), 24);
    if let Err(error) = session.insert(KEY, &secret) {
        tracing::error!(%error, "the CSRF token of a session could not be stored");
    }
    secret
}

/// Masks a token with a random pad.
pub(super) fn mask(random: &dyn RandomSource, secret: &str) -> String {
    let mut masked = vec![0; secret.len()];
    random.fill(&mut masked);
    let hidden: Vec<u8> = masked.iter().zip(secret.bytes()).map(|(pad, byte)| pad ^ byte).collect();
    masked.extend(hidden);
    URL_SAFE_NO_PAD.encode(masked)
}

/// Returns whether a submitted token matches the secret. Pages of older versions contain the
/// unmasked token, which is accepted, too.
pub(super) fn matches(secret: &str, sent: &str) -> bool {
    let plain = match URL_SAFE_NO_PAD.decode(sent) {
        Ok(masked) if masked.len() == 2 * secret.len() => {
            let (pad, hidden) = masked.split_at(secret.len());
            pad.iter().zip(hidden).map(|(pad, byte)| pad ^ byte).collect()
        }
        _ => sent.as_bytes().to_vec(),
    };
    !secret.is_empty() && plain.ct_eq(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::random::{OsRandom, token};

    #[test]
    fn masks_differ_and_all_match() {
        let secret = token(&OsRandom, 24);
        let masked = [mask(&OsRandom, &secret), mask(&OsRandom, &secret)];
        assert_ne!(masked[0], masked[1]);
        for sent in [masked[0].as_str(), masked[1].as_str(), secret.as_str()] {
            assert!(matches(&secret, sent));
            assert!(!matches(&token(&OsRandom, 24), sent));
            assert!(!matches(&secret, &format!("{sent}A")) && !matches(&secret, &sent[1..]));
        }
        assert!(!masked[0].contains(&secret));
        assert!(!matches("", "") && !matches(&secret, ""));
    }
}
