//! Login names of customers and admins.

use super::text::{self, nfc};
use super::validation::{ErrorCode, ValidationError};
use std::fmt;

/// A valid login name, as typed. Comparisons ignore case and use [`LoginName::key`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LoginName(String);

/// The provider's rules for new login names.
#[derive(Clone, Debug)]
pub struct LoginNameRules {
    /// Prefix of numbered names. Names that begin with the prefix and a digit are reserved for
    /// them.
    pub prefix: String,
    /// Maximum length, in characters.
    pub max: usize,
    /// Whether only letters and digits are allowed. Otherwise `-` and `_` are allowed between
    /// them, too.
    pub unix_names: bool,
}

/// Names that no customer can have, ignoring case. The routes of the forms for adding and importing
/// would hide customers with the names `new` and `import`.
const RESERVED: [&str; 7] = ["root", "admin", "froxroot", "froxlor", "clientele", "new", "import"];

impl LoginName {
    /// Parses the name of a new customer.
    ///
    /// Clientele assigns numbered names, each number once. Numbers up to `last_assigned` are not
    /// assigned again, so a former customer can be added under their old name.
    ///
    /// # Errors
    /// `loginname-format`, `loginname-uses-prefix` (`prefix`), `loginname-reserved`,
    /// `loginname-invalid` or `loginname-too-long` (`max`).
    pub fn parse_customer(
        text: &str,
        rules: &LoginNameRules,
        last_assigned: i64,
    ) -> Result<Self, ValidationError> {
        if number_of(text, &rules.prefix).is_some_and(|number| number <= last_assigned) {
            return Self::well_formed(text.trim(), rules);
        }
        let name = Self::parse_admin(text, rules)?;
        if RESERVED.contains(&name.key().as_str()) {
            return Err(ValidationError::new(ErrorCode::LoginnameReserved));
        }
        Ok(name)
    }

    /// Parses the name of a new admin or reseller. Reserved names are allowed.
    ///
    /// # Errors
    /// As [`LoginName::parse_customer`], except for `loginname-reserved`.
    pub fn parse_admin(text: &str, rules: &LoginNameRules) -> Result<Self, ValidationError> {
        let text = &*nfc(text.trim());
        let mut chars = text.chars();
        let first_is_letter = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
        if let Some(c) = chars
            .find(|c| !c.is_ascii_alphanumeric() && *c != '-' && *c != '_')
            .or_else(|| forbidden_first(text))
        {
            return Err(character_error(ErrorCode::LoginnameFormat, c, rules));
        }
        if !first_is_letter || text.len() < 2 {
            return Err(ValidationError::new(ErrorCode::LoginnameFormat));
        }
        if uses_prefix(text, &rules.prefix) {
            return Err(
                ValidationError::new(ErrorCode::LoginnameUsesPrefix).with("prefix", &rules.prefix)
            );
        }
        Self::well_formed(text, rules)
    }

    /// Returns the numbered name `<prefix><number>`.
    ///
    /// # Errors
    /// `loginname-invalid` or `loginname-too-long`, caused by the provider's prefix.
    pub fn numbered(number: i64, rules: &LoginNameRules) -> Result<Self, ValidationError> {
        Self::well_formed(&format!("{}{number}", rules.prefix), rules)
    }

    fn well_formed(text: &str, rules: &LoginNameRules) -> Result<Self, ValidationError> {
        if text.len() > rules.max {
            return Err(ValidationError::new(ErrorCode::LoginnameTooLong).with("max", rules.max));
        }
        let starts_with_letter = text.starts_with(|c: char| c.is_ascii_alphabetic());
        let ends_alphanumeric = text.ends_with(|c: char| c.is_ascii_alphanumeric());
        let is_forbidden = |c: &char| {
            !(c.is_ascii_alphanumeric() || (!rules.unix_names && matches!(c, '-' | '_')))
        };
        if let Some(c) = text.chars().find(is_forbidden) {
            return Err(character_error(ErrorCode::LoginnameInvalid, c, rules));
        }
        if starts_with_letter && ends_alphanumeric && !text.contains("--") {
            Ok(Self(text.to_owned()))
        } else {
            Err(ValidationError::new(ErrorCode::LoginnameInvalid))
        }
    }

    /// Returns a stored name without validating it again.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// Returns the name as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name in lowercase, for comparisons.
    #[must_use]
    pub fn key(&self) -> String {
        key(&self.0)
    }
}

/// Returns the first character if login names cannot contain it at all.
fn forbidden_first(text: &str) -> Option<char> {
    text.chars().next().filter(|c| !c.is_ascii_alphanumeric() && *c != '-' && *c != '_')
}

/// Returns an error that names the forbidden character and the allowed ones. An invisible character
/// is named by its code point.
fn character_error(code: ErrorCode, c: char, rules: &LoginNameRules) -> ValidationError {
    let shown = match c {
        ' ' => "space".to_owned(),
        c if c.is_control() || text::is_blank(c.encode_utf8(&mut [0; 4])) => {
            format!("U+{:04X}", u32::from(c))
        }
        c => c.to_string(),
    };
    let variant = if rules.unix_names { "character" } else { "character-hyphen" };
    ValidationError::new(code).variant(variant).with("character", shown)
}

/// Returns the form in which login names are looked up. NUL, which some databases refuse, is
/// replaced by another character that no login name contains.
#[must_use]
pub fn key(text: &str) -> String {
    nfc(text.trim()).to_lowercase().replace('\0', "\u{fffd}")
}

/// Returns the number of a numbered name, if the name is written as Clientele writes it.
fn number_of(text: &str, prefix: &str) -> Option<i64> {
    let digits = text.trim().strip_prefix(prefix)?;
    digits
        .parse()
        .ok()
        .filter(|number: &i64| !prefix.is_empty() && *number > 0 && number.to_string() == digits)
}

fn uses_prefix(text: &str, prefix: &str) -> bool {
    let text = text.to_ascii_lowercase();
    !prefix.is_empty()
        && text
            .strip_prefix(&prefix.to_ascii_lowercase())
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

impl fmt::Display for LoginName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
