//! The flash message that the next page shows once.

use i18n::format::ToI64;
use serde::{Deserialize, Serialize};

/// Severity of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    Success,
    Info,
    /// The action succeeded but needs attention.
    Warning,
    /// The action failed.
    Danger,
}

impl Tone {
    /// Returns the CSS class of the alert.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Success => "alert-success",
            Self::Info => "alert-info",
            Self::Warning => "alert-warning",
            Self::Danger => "alert-danger",
        }
    }

    /// Returns the name of the icon.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Success => "circle-check",
            Self::Info => "info-circle",
            Self::Warning => "alert-triangle",
            Self::Danger => "circle-x",
        }
    }
}

/// A variable of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number that selects singular or plural.
    Count(i64),
    Text(String),
}

/// A message. It is stored as a text key, so that it appears in the language of the page that shows
/// it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    pub tone: Tone,
    /// Text key.
    pub key: String,
    /// Whether the message is for the admin who acts as the signed-in customer. It then appears
    /// in the admin's language, like the banner.
    #[serde(default)]
    pub for_acting_admin: bool,
    /// Variables of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(String, Value)>,
}

impl Flash {
    /// Creates a message.
    #[must_use]
    pub fn new(tone: Tone, key: &str) -> Self {
        Self { tone, key: key.to_owned(), for_acting_admin: false, args: Vec::new() }
    }

    /// Creates a success message.
    #[must_use]
    pub fn success(key: &str) -> Self {
        Self::new(Tone::Success, key)
    }

    /// Adds a text variable.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "numbers and literals come without &")]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_owned(), Value::Text(value.to_string())));
        self
    }

    /// Addresses the message to the admin who acts as the signed-in customer.
    #[must_use]
    pub fn for_acting_admin(self) -> Self {
        Self { for_acting_admin: true, ..self }
    }

    /// Adds a number variable, which selects singular or plural.
    #[must_use]
    pub fn count(mut self, name: &str, value: impl ToI64) -> Self {
        self.args.push((name.to_owned(), Value::Count(value.to_i64())));
        self
    }
}
