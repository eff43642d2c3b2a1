//! What a form offers beside its fields: entries to choose from, and what a new password must have.

use domain::password::PasswordPolicy;

/// An entry of a select, a radio group or a group of checkboxes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// A line of explanation; empty for none.
    pub hint: String,
}

impl Choice {
    /// An entry without explanation.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "numbers and literals come without &")]
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), hint: String::new() }
    }

    /// An entry for each of some things and their names.
    #[must_use]
    pub fn named<I: ToString>(things: &[(I, String)]) -> Vec<Self> {
        things
            .iter()
            .map(|(id, name)| Self {
                value: id.to_string(),
                label: name.clone(),
                hint: String::new(),
            })
            .collect()
    }

    /// Adds the line of explanation.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// What a new password must have, for the list that is ticked off while typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one independent rule")]
pub struct PolicyHints {
    /// The least number of characters.
    pub min_length: usize,
    /// A lower-case letter.
    pub lower: bool,
    /// An upper-case letter.
    pub upper: bool,
    /// A digit.
    pub digit: bool,
    /// Anything else.
    pub special: bool,
}

impl PolicyHints {
    /// What this policy asks for.
    #[must_use]
    pub fn of(policy: &PasswordPolicy) -> Self {
        Self {
            min_length: policy.min_length(),
            lower: policy.alpha_lower,
            upper: policy.alpha_upper,
            digit: policy.numeric,
            special: policy.special_required && !policy.specials().is_empty(),
        }
    }
}
