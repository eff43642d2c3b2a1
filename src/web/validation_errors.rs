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

/// Returns the text of a stored validation error. A newer version may have stored a code or
/// arguments that this one has no text for.
#[must_use]
pub fn stored_text(lang: Language, error: &StoredError) -> String {
    let args =
        || error.args.iter().map(|(name, value)| (name.clone(), i18n::argument(lang, value)));
    let key = format!("fault-{}", error.code);
    let variant_key = error.variant.as_ref().map(|variant| format!("{key}-{variant}"));
    variant_key
        .and_then(|variant_key| lang.try_t_with(&variant_key, args()))
        .or_else(|| lang.try_t_with(&key, args()))
        .unwrap_or_else(|| lang.t_with("import-error-unknown", [("code", error.code.as_str())]))
}

/// Adds validation errors to their fields. Errors of fields that the form does not have go to the
/// top.
pub fn add_to_form(
    lang: Language,
    errors: &FieldErrors,
    form: &mut FormState,
    has_field: impl Fn(&str) -> bool,
) {
    for (field, list) in errors.iter() {
        for error in list {
            form.add_error(if has_field(field) { field } else { GENERAL }, text(lang, error));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::validation::Argument;

    fn stored(code: &str, variant: Option<&str>, args: &[(&str, Argument)]) -> StoredError {
        StoredError {
            column: "loginname".to_owned(),
            code: code.to_owned(),
            variant: variant.map(ToOwned::to_owned),
            args: args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        }
    }

    #[test]
    fn stored_errors_have_texts_even_if_a_newer_version_stored_them() {
        let character = [("character", Argument::name("ü"))];
        for (error, text) in [
            (
                stored("loginname-format", Some("character"), &character),
                "A login name must not contain “ü”. Use letters from a to z and digits, and start \
                 with a letter.",
            ),
            (
                stored("loginname-format", Some("of-a-newer-version"), &character),
                "A login name must start with a letter and have at least two letters or digits.",
            ),
            (
                stored("of-a-newer-version", None, &[]),
                "This version of Clientele does not know the error “of-a-newer-version”.",
            ),
        ] {
            assert_eq!(stored_text(Language::En, &error), text);
        }
    }
}
