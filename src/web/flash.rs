//! The one-time message that the next page shows.

use serde::{Deserialize, Serialize};

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// It worked.
    Success,
    /// Good to know.
    Info,
    /// It worked, but look.
    Warning,
    /// It did not work.
    Danger,
}

impl Tone {
    /// The class of its alert.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Success => "alert-success",
            Self::Info => "alert-info",
            Self::Warning => "alert-warning",
            Self::Danger => "alert-danger",
        }
    }

    /// The name of its icon.
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

/// A message, kept as a key so that it appears in the language of the page that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// How it is meant.
    pub tone: Tone,
    /// The key of its text.
    pub key: String,
    /// The arguments of its text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(String, String)>,
}

impl Flash {
    /// A message of any tone.
    #[must_use]
    pub fn new(tone: Tone, key: &str) -> Self {
        Self { tone, key: key.to_owned(), args: Vec::new() }
    }

    /// A message of success.
    #[must_use]
    pub fn success(key: &str) -> Self {
        Self::new(Tone::Success, key)
    }

    /// Adds an argument.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "numbers and literals come without &")]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }
}
