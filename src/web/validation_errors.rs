//! Converts validation errors to texts.

use super::form::{FormState, GENERAL};
use domain::account::Language;
use domain::validation::{FieldErrors, ValidationError};
use i18n::Texts as _;
use services::customers::import::StoredError;

/// Returns the text of a validation error.
#[must_use]
pub fn text(lang: Language, error: &ValidationError) -> String {
    lang.validation_error(error)
}

/// Returns the text of a stored validation error.
#[must_use]
pub fn note(lang: Language, error: &StoredError) -> String {
    lang.t_with(
        &format!("fault-{}", error.code),
        error.args.iter().map(|(name, value)| (name.clone(), i18n::argument(lang, value))),
    )
}

/// Adds validation errors to their fields. Errors of fields that the form does not have go to the
/// top.
pub fn add_to_form(
    lang: Language,
    errors: &FieldErrors,
    form: &mut FormState,
    knows: impl Fn(&str) -> bool,
) {
    for (field, list) in errors.iter() {
        for error in list {
            form.add_error(if knows(field) { field } else { GENERAL }, text(lang, error));
        }
    }
}
