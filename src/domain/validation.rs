//! Validation errors. They have codes; the texts are in `src/locales`.

mod codes;

pub use codes::ErrorCode;

use std::collections::BTreeMap;

/// An argument of an error message. The message shows numbers in the notation of its language.
///
/// Stored reports of imports contain arguments. Reports of earlier versions contain texts only.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Argument {
    /// A whole number. It selects singular or plural.
    Number(u64),
    /// A number with decimals in the notation of programs: `1030.5`.
    Decimal { decimal: String },
    /// A text that stays as it is, such as a name, an id or the number of a row.
    Text(String),
}

impl Argument {
    /// Returns a number with decimals, which is written in the notation of programs.
    #[must_use]
    pub fn decimal(number: impl Into<String>) -> Self {
        Self::Decimal { decimal: number.into() }
    }

    /// Returns a number that is a name, such as an id. Its digits are not grouped.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "ids and numbers come without &")]
    pub fn name(value: impl ToString) -> Self {
        Self::Text(value.to_string())
    }
}

macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Argument {
            fn from(number: $kind) -> Self {
                Self::Number(u64::from(number))
            }
        }
    )*};
}

numbers!(u16, u32, u64);

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Argument {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

/// A validation error of one field. The code is stable, because API clients match on it. It is also
/// part of the text key ([`ValidationError::text_key`]). The arguments are inserted into the text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ValidationError {
    pub code: ErrorCode,
    /// Arguments of the text, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(&'static str, Argument)>,
    /// Selects one of several texts for the same code.
    #[serde(skip)]
    pub variant: Option<&'static str>,
}

impl ValidationError {
    /// Returns a validation error without arguments.
    #[must_use]
    pub const fn new(code: ErrorCode) -> Self {
        Self { code, args: Vec::new(), variant: None }
    }

    /// Selects the text `fault-<code>-<variant>`.
    #[must_use]
    pub const fn variant(mut self, variant: &'static str) -> Self {
        self.variant = Some(variant);
        self
    }

    /// Returns the key of the text.
    #[must_use]
    pub fn text_key(&self) -> String {
        match self.variant {
            Some(variant) => format!("fault-{}-{variant}", self.code),
            None => format!("fault-{}", self.code),
        }
    }

    /// Adds an argument of the text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// All validation errors of one request, by field name.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct FieldErrors(BTreeMap<String, Vec<ValidationError>>);

impl FieldErrors {
    /// Returns the error of a single field.
    #[must_use]
    pub fn one(field: &str, error: ValidationError) -> Self {
        let mut errors = Self::default();
        errors.push(field, error);
        errors
    }

    /// Adds an error, unless the field already has one with the same code.
    pub fn push(&mut self, field: &str, error: ValidationError) {
        let list = self.0.entry(field.to_owned()).or_default();
        if !list.iter().any(|known| known.code == error.code) {
            list.push(error);
        }
    }

    /// Adds the errors of another check of the same request.
    pub fn merge(&mut self, others: Self) {
        for (field, list) in others.0 {
            for error in list {
                self.push(&field, error);
            }
        }
    }

    /// Returns a valid value. Adds the error of an invalid one and returns `None`.
    pub fn value_or_add<T>(
        &mut self,
        field: &str,
        parsed: Result<T, ValidationError>,
    ) -> Option<T> {
        parsed.map_err(|error| self.push(field, error)).ok()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this field has an error.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// Returns the errors, field by field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[ValidationError])> {
        self.0.iter().map(|(field, errors)| (field.as_str(), errors.as_slice()))
    }

    /// Returns the value, if there are no errors.
    ///
    /// # Errors
    /// The errors that were added so far.
    pub fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_arguments_keep_their_type() {
        for (argument, stored) in [
            (Argument::Number(5), "5"),
            (Argument::decimal("4.1"), r#"{"decimal":"4.1"}"#),
            (Argument::name(5), r#""5""#),
        ] {
            assert_eq!(serde_json::to_string(&argument).unwrap(), stored);
            assert_eq!(serde_json::from_str::<Argument>(stored).unwrap(), argument);
        }
    }

    #[test]
    fn text_keys_contain_code_and_variant() {
        let error = ValidationError::new(ErrorCode::NumberInvalid);
        assert_eq!(error.text_key(), "fault-number-invalid");
        assert_eq!(error.variant("of-things").text_key(), "fault-number-invalid-of-things");
    }

    fn codes(errors: &FieldErrors) -> Vec<(&str, Vec<&str>)> {
        errors
            .iter()
            .map(|(field, list)| (field, list.iter().map(|error| error.code.as_str()).collect()))
            .collect()
    }

    #[test]
    fn a_field_has_one_error_of_each_code() {
        let required = ValidationError::new(ErrorCode::Required);
        let too_long = |max: u64| ValidationError::new(ErrorCode::TextTooLong).with("max", max);
        let mut errors = FieldErrors::one("name", too_long(5));
        errors.push("name", too_long(6));
        errors.push("name", required.clone());
        let mut others = FieldErrors::one("name", required.clone());
        others.push("email", required);
        errors.merge(others);
        assert_eq!(
            codes(&errors),
            [("email", vec!["required"]), ("name", vec!["text-too-long", "required"])]
        );
        let first = errors.iter().flat_map(|(_, list)| list).find(|error| !error.args.is_empty());
        assert_eq!(first, Some(&too_long(5)), "the first error stays");
        assert!(errors.has("name") && !errors.has("company"));
    }

    #[test]
    fn only_values_without_errors_are_returned() {
        let mut errors = FieldErrors::default();
        assert_eq!(errors.value_or_add("name", Ok(5)), Some(5));
        assert!(errors.is_empty());
        assert_eq!(errors.clone().into_result(7), Ok(7));
        let error = ValidationError::new(ErrorCode::Required);
        assert_eq!(errors.value_or_add::<u8>("name", Err(error.clone())), None);
        assert!(!errors.is_empty());
        assert_eq!(errors.into_result(7), Err(FieldErrors::one("name", error)));
    }
}
