//! Signatures by the Standard Webhooks specification: `v1,` and the Base64 of HMAC-SHA256 over id,
//! time and body.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::secret::Secret;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Prefix of a secret. The rest is the key in Base64.
const PREFIX: &str = "whsec_";

/// Returns the value of the header `webhook-signature`, or `None` if the secret is malformed.
pub(super) fn signature(secret: &Secret, id: &str, timestamp: i64, body: &str) -> Option<String> {
    let key = Zeroizing::new(STANDARD.decode(secret.expose().strip_prefix(PREFIX)?).ok()?);
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_match_the_example_of_the_specification() {
        let secret = Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signed = signature(
            &secret,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
        );
        assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        assert_eq!(signature(&Secret::new("no secret"), "a", 1, ""), None);
    }
}
