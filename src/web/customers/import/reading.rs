//! Reads a file, adds its errors to the form, and removes passwords from pasted text.

use crate::error::WebError;
use crate::form::{Choice, FormState, GENERAL};
use crate::validation_errors;
use domain::account::Language;
use domain::validation::{FieldErrors, ValidationError};
use i18n::Texts as _;
use services::customers::import::{MAX_BYTES, MAX_ROWS, Sheet, TextEncoding};
use std::borrow::Cow;

pub(super) const AREA: &str = "import";
/// The customer list with the newest customers first.
pub(super) const RESULT: &str = "/customers?sort=created&dir=desc";

/// Reads a file on a blocking thread, because a large file takes seconds.
pub(super) async fn read(
    file: Vec<u8>,
    encoding: Option<TextEncoding>,
) -> Result<(Vec<u8>, Result<Sheet, FieldErrors>), WebError> {
    let reading = tokio::task::spawn_blocking(move || {
        let read = Sheet::read(&file, encoding);
        (file, read)
    });
    reading.await.map_err(|error| WebError::Internal(error.into()))
}

pub(super) fn encodings() -> Vec<Choice> {
    TextEncoding::ALL
        .into_iter()
        .map(|encoding| Choice::new(encoding.code(), encoding.label()))
        .collect()
}

/// Adds the errors of a file to the form. Errors of the file itself appear beside its field, errors
/// of its columns at the top.
pub(super) fn add_errors(f: &mut FormState, lang: Language, field: &str, found: &FieldErrors) {
    for (column, list) in found.iter() {
        for error in list {
            let text = validation_errors::text(lang, error);
            if column.is_empty() {
                f.add_error(field, with_bounds(lang, error, text))
            } else {
                f.add_error(GENERAL, format!("{column}: {text}"))
            };
        }
    }
}

/// Adds the maximum rows and size to the text of an error about them.
pub(super) fn with_bounds(lang: Language, error: &ValidationError, text: String) -> String {
    if !error.code.as_str().contains("-too-") {
        return text;
    }
    let bounds = [("rows", MAX_ROWS), ("size", MAX_BYTES >> 20)];
    format!("{text} {}", lang.t_with("import-bounds", bounds))
}

/// Returns pasted text without the passwords in it, and whether any were removed. If the text may
/// have passwords but is not a valid table, returns an empty text, because the passwords cannot be
/// located.
pub(super) fn without_passwords<'a>(text: &'a str, sheet: Option<&Sheet>) -> (Cow<'a, str>, bool) {
    match sheet {
        Some(sheet) => match sheet.without_passwords() {
            Some(text) => (Cow::Owned(text), true),
            None => (Cow::Borrowed(text), false),
        },
        None if Sheet::may_have_passwords(text) => (Cow::Borrowed(""), true),
        None => (Cow::Borrowed(text), false),
    }
}
