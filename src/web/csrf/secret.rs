//! The token of a session: as the session holds it, and masked as pages show it.
//!
//! A page that is compressed with a secret and with text of an attacker's choice tells the secret
//! by its length (BREACH). Each page therefore shows the token, XOR-ed with a pad of its own, behind
//! the pad.

use actix_session::Session;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::chance::{self, Chance};
use services::app::App;
use subtle::ConstantTimeEq as _;

/// Its name in the session.
pub(super) const KEY: &str = "csrf";

/// Gives a session its token, unless it has one.
pub fn establish(session: &Session, app: &App) -> String {
    if let Ok(Some(secret)) = session.get::<String>(KEY) {
        return secret;
    }
    let secret = chance::token(app.env.chance.as_ref(), 24);
    if let Err(error) = session.insert(KEY, &secret) {
        tracing::error!(%error, "the token of a session could not be kept");
    }
    secret
}

/// Masks a token.
pub(super) fn mask(chance: &dyn Chance, secret: &str) -> String {
    let mut masked = vec![0; secret.len()];
    chance.fill(&mut masked);
    let hidden: Vec<u8> = masked.iter().zip(secret.bytes()).map(|(pad, byte)| pad ^ byte).collect();
    masked.extend(hidden);
    URL_SAFE_NO_PAD.encode(masked)
}

/// Whether a sent token is this one: masked, or plain as pages have it that an older program has
/// made.
pub(super) fn is_of(secret: &str, sent: &str) -> bool {
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
    use domain::chance::{OsChance, token};

    #[test]
    fn each_mask_is_another_and_all_of_them_fit() {
        let secret = token(&OsChance, 24);
        let masked = [mask(&OsChance, &secret), mask(&OsChance, &secret)];
        assert_ne!(masked[0], masked[1]);
        for sent in [masked[0].as_str(), masked[1].as_str(), secret.as_str()] {
            assert!(is_of(&secret, sent));
            assert!(!is_of(&token(&OsChance, 24), sent));
            assert!(!is_of(&secret, &format!("{sent}A")) && !is_of(&secret, &sent[1..]));
        }
        assert!(!masked[0].contains(&secret));
        assert!(!is_of("", "") && !is_of(&secret, ""));
    }
}
