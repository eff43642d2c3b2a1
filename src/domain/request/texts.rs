//! Parameters that are texts or choices, and the macro that declares types of texts.

use super::declarations::ParameterType;
use super::values::Parameter;
use crate::account::{Gender, Language, Theme};
use crate::email::Email;
use crate::validation::{ErrorCode, ValidationError};
use crate::{phone, text};
use serde_json::Value;

/// The maximum length of a line, in characters.
const LINE_MAX: usize = 255;
/// The maximum length of the reason for a suspension, in characters.
pub const REASON_MAX: usize = 500;
/// The maximum length of a text with several lines, in characters.
const MULTILINE_MAX: usize = 20_000;

/// Returns a text, trimmed and in Unicode's composed form (NFC). A number is accepted as it is
/// written.
///
/// # Errors
/// `type-text`.
pub fn text_of(value: Value) -> Result<String, ValidationError> {
    match value {
        Value::String(sent) => {
            Ok(text::nfc(sent.trim_matches([' ', '\t', '\n', '\r', '\u{a0}'])).into_owned())
        }
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(ValidationError::new(ErrorCode::TypeText)),
    }
}

/// Declares types of texts, each with its rule.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_types {
    ($($(#[$doc:meta])* $Name:ident = $rule:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $Name(pub String);

        impl $crate::request::Parameter for $Name {
            const KIND: $crate::request::ParameterType = $crate::request::ParameterType::Text;

            fn read(value: serde_json::Value) -> Result<Option<Self>, $crate::validation::ValidationError> {
                let rule: fn(&str) -> Result<String, $crate::validation::ValidationError> = $rule;
                rule(&$crate::request::text_of(value)?).map(Self).map(Some)
            }
        }

        impl From<$Name> for String {
            fn from(text: $Name) -> Self {
                text.0
            }
        }

        impl AsRef<str> for $Name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )+};
}

pub use __text_types as text_types;

text_types! {
    /// A text that is validated later, by rules that the provider sets.
    Text = |sent| Ok(sent.to_owned());
    /// One line.
    Line = |sent| text::line(sent, LINE_MAX);
    /// One line that must not be blank.
    Name = |sent| text::required_line(sent, LINE_MAX);
    /// The reason for a suspension: one line.
    Reason = |sent| text::line(sent, REASON_MAX);
    /// A text of several lines.
    Multiline = |sent| text::multiline(sent, MULTILINE_MAX);
    /// A postal code: digits, capital letters, spaces and hyphens.
    Zipcode = |sent| text::line_of(sent, 25, |c| c.is_ascii_digit() || c.is_ascii_uppercase() || c == ' ' || c == '-');
    /// A phone or fax number.
    Phone = phone::parse;
    /// The provider's own number for a customer: letters, digits, spaces and hyphens.
    CustomerNumber = |sent| text::line_of(sent, 100, |c| c.is_ascii_alphanumeric() || c == ' ' || c == '-');
}

impl Parameter for Email {
    const KIND: ParameterType = ParameterType::Text;

    fn read(value: Value) -> Result<Option<Self>, ValidationError> {
        let sent = text_of(value)?;
        if text::is_blank(&sent) {
            Err(ValidationError::new(ErrorCode::Required))
        } else {
            Self::parse(&sent).map(Some)
        }
    }
}

impl Parameter for Gender {
    const KIND: ParameterType = ParameterType::Choice(Self::NAMES);

    fn read(value: Value) -> Result<Option<Self>, ValidationError> {
        let sent = text_of(value)?;
        if sent.is_empty() { Ok(Some(Self::None)) } else { Self::parse(&sent).map(Some) }
    }
}

/// A new name. An empty text keeps the stored name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewName(pub String);

impl Parameter for NewName {
    const KIND: ParameterType = ParameterType::Text;

    fn read(value: Value) -> Result<Option<Self>, ValidationError> {
        let sent = text_of(value)?;
        if sent.is_empty() {
            Ok(None)
        } else {
            Ok(Name::read(sent.into())?.map(|name| Self(name.0)))
        }
    }
}

impl From<NewName> for String {
    fn from(name: NewName) -> Self {
        name.0
    }
}

macro_rules! choices {
    ($($Name:ident),+) => {$(
        impl Parameter for $Name {
            const KIND: ParameterType = ParameterType::Choice(Self::NAMES);

            /// An empty text is the same as no value, which stands for the default or the stored
            /// value.
            fn read(value: Value) -> Result<Option<Self>, ValidationError> {
                let sent = text_of(value)?;
                if sent.is_empty() { Ok(None) } else { Self::parse(&sent).map(Some) }
            }
        }
    )+};
}

choices!(Language, Theme);
