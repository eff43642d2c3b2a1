//! Sealed texts as columns of the database store them: in Base64.

use crate::Outcome;
use auth::seal::Sealer;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::secret::Secret;

/// Seals a text for one context, such as a row.
///
/// # Errors
/// If sealing fails.
pub(crate) fn seal(sealer: &Sealer, context: &str, text: &str) -> Outcome<String> {
    Ok(STANDARD.encode(sealer.seal(context, text.as_bytes()).map_err(anyhow::Error::from)?))
}

/// Opens a text that was sealed with the same key and `context`; `None` for any other.
pub(crate) fn open(sealer: &Sealer, context: &str, stored: &str) -> Option<Secret> {
    STANDARD.decode(stored).ok().and_then(|sealed| sealer.open_secret(context, &sealed).ok())
}
