//! Texts to search for. Their length is limited, since engines refuse patterns and statements
//! beyond some size.

use crate::text::nfc;
use crate::validation::{ErrorCode, ValidationError};
use std::borrow::Cow;

/// The maximum length of a text to search for, in characters.
pub const SEARCH_MAX: usize = 500;

/// Returns a text to search for, in Unicode's composed form (NFC). Every list, filter and export
/// reads its search with this function.
///
/// # Errors
/// `search-too-long` (`max`).
pub fn search_text(text: &str) -> Result<Cow<'_, str>, ValidationError> {
    let text = nfc(text);
    if text.chars().nth(SEARCH_MAX).is_some() {
        return Err(ValidationError::new(ErrorCode::SearchTooLong).with("max", SEARCH_MAX));
    }
    Ok(text)
}
