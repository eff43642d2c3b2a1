//! Choices of selects, radio groups and checkbox groups, and the requirements for new passwords.

use domain::account::Language;
use domain::password::PasswordPolicy;
use std::fmt::Display;

/// An entry of a select, a radio group or a checkbox group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// Submitted value.
    pub value: String,
    pub label: String,
    /// Explanation; empty for none.
    pub hint: String,
}

impl Choice {
    /// Creates an entry without an explanation.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "numbers and literals come without &")]
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), hint: String::new() }
    }

    /// Creates an entry for each pair of id and name.
    #[must_use]
    pub fn named<I: Display>(items: &[(I, String)]) -> Vec<Self> {
        items.iter().map(|(id, name)| Self::new(id, name)).collect()
    }

    /// Creates an entry for each language, with its native name.
    #[must_use]
    pub fn languages() -> Vec<Self> {
        Language::ALL
            .iter()
            .map(|language| Self::new(language.code(), language.native_name()))
            .collect()
    }

    /// Adds an explanation.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// Requirements for a new password. The page lists them and checks them off while the user types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one independent rule")]
pub struct PolicyHints {
    /// Minimum number of characters.
    pub min_length: usize,
    pub requires_lowercase: bool,
    pub requires_uppercase: bool,
    pub requires_digit: bool,
    pub requires_special: bool,
}

impl PolicyHints {
    /// Returns the requirements of a policy.
    #[must_use]
    pub fn of(policy: &PasswordPolicy) -> Self {
        Self {
            min_length: policy.min_length(),
            requires_lowercase: policy.alpha_lower,
            requires_uppercase: policy.alpha_upper,
            requires_digit: policy.numeric,
            requires_special: policy.special_required && !policy.specials().is_empty(),
        }
    }
}
