//! The rules for passwords, and generated passwords.

use super::common_passwords;
use super::random::{self, RandomSource};
use super::secret::Secret;
use super::validation::{Argument, ErrorCode, ValidationError};

/// The maximum length of a password in bytes. It limits the time of hashing at sign-in.
pub const MAX_BYTES: usize = 1000;
/// The greatest minimum length that a provider can set, in characters.
pub const MAX_MIN_LENGTH: usize = 128;
/// The minimum length of generated passwords, in characters.
const GENERATED_LENGTH: usize = 14;

/// The provider's rules for passwords.
#[allow(clippy::struct_excessive_bools, reason = "each rule is a setting of its own")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// Minimum length in characters. [`min_length()`](Self::min_length) clamps it.
    pub min_length: usize,
    /// Whether a letter from a to z is required.
    pub alpha_lower: bool,
    /// Whether a letter from A to Z is required.
    pub alpha_upper: bool,
    /// Whether a digit is required.
    pub numeric: bool,
    /// Whether one of `special_chars` is required.
    pub special_required: bool,
    /// The special characters. If all of them are control characters, none is required.
    pub special_chars: String,
    /// Name of the provider. Passwords made from it are easy to guess.
    pub provider: String,
}

/// The smallest minimum length that a provider can set, in characters.
pub const MIN_MIN_LENGTH: usize = 8;

/// The known names of the password's owner. Passwords made from them are easy to guess.
#[derive(Clone, Copy, Debug, Default)]
pub struct Person<'a> {
    pub login: Option<&'a str>,
    pub email: Option<&'a str>,
}

impl<'a> Person<'a> {
    /// Returns an owner whose email address is not known.
    #[must_use]
    pub const fn with_login_name(login: Option<&'a str>) -> Self {
        Self { login, email: None }
    }
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self {
            min_length: 8,
            alpha_lower: false,
            alpha_upper: false,
            numeric: false,
            special_required: false,
            special_chars: "!?<>§$%+#=@".to_owned(),
            provider: String::new(),
        }
    }
}

/// A rule that a password breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordError {
    TooShort {
        /// Minimum number of characters.
        min: usize,
    },
    TooLong {
        /// Maximum number of bytes.
        max: usize,
    },
    /// Contains a control character. Line breaks in passwords have been used to attack other
    /// panels.
    ControlCharacter,
    /// Contains no letter from a to z.
    NeedsLower,
    /// Contains no letter from A to Z.
    NeedsUpper,
    NeedsDigit,
    NeedsSpecial {
        /// The accepted characters.
        chars: String,
    },
    /// Equal to the login name, ignoring case.
    IsLoginName,
    /// Easy to guess: common, or made from the login name, the email address or the provider's
    /// name.
    Common,
}

impl PasswordError {
    /// Returns the stable code. The key of its text is `fault-<code>`.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::TooShort { .. } => ErrorCode::PasswordTooShort,
            Self::TooLong { .. } => ErrorCode::PasswordTooLong,
            Self::ControlCharacter => ErrorCode::PasswordControlCharacter,
            Self::NeedsLower => ErrorCode::PasswordNeedsLower,
            Self::NeedsUpper => ErrorCode::PasswordNeedsUpper,
            Self::NeedsDigit => ErrorCode::PasswordNeedsDigit,
            Self::NeedsSpecial { .. } => ErrorCode::PasswordNeedsSpecial,
            Self::IsLoginName => ErrorCode::PasswordIsLoginname,
            Self::Common => ErrorCode::PasswordCommon,
        }
    }

    /// Returns the arguments of the text, by name.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, Argument)> {
        match self {
            Self::TooShort { min } => vec![("min", (*min).into())],
            Self::TooLong { max } => vec![("max", (*max).into())],
            Self::NeedsSpecial { chars } => vec![("chars", chars.into())],
            _ => Vec::new(),
        }
    }
}

impl From<PasswordError> for ValidationError {
    fn from(error: PasswordError) -> Self {
        Self { code: error.code(), args: error.args(), variant: None }
    }
}

const LOWER: &str = "abcdefghijkmnpqrstuvwxyz";
const UPPER: &str = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const DIGITS: &str = "23456789";
/// Characters that look like others in many fonts.
const LOOK_ALIKES: &[char] = &['|', '`', '\'', '"', '´', ' ', 'l', 'o', 'I', 'O', '0', '1'];

impl PasswordPolicy {
    /// Returns the minimum length in characters, at least [`MIN_MIN_LENGTH`] and at most
    /// [`MAX_MIN_LENGTH`].
    #[must_use]
    pub fn min_length(&self) -> usize {
        self.min_length.clamp(MIN_MIN_LENGTH, MAX_MIN_LENGTH)
    }

    /// Returns the special characters without control characters, which nobody can type.
    #[must_use]
    pub fn specials(&self) -> String {
        self.special_chars.chars().filter(|c| !c.is_control()).collect()
    }

    /// Returns every rule that the password breaks.
    #[must_use]
    pub fn check(&self, password: &Secret, person: Person<'_>) -> Vec<PasswordError> {
        let (text, login) = (password.expose(), person.login);
        let specials = self.specials();
        let lacks = |wanted: fn(char) -> bool| !text.contains(wanted);
        let is_login = login
            .is_some_and(|login| !login.is_empty() && login.to_lowercase() == text.to_lowercase());
        let rules = [
            (
                text.chars().count() < self.min_length(),
                PasswordError::TooShort { min: self.min_length() },
            ),
            (text.len() > MAX_BYTES, PasswordError::TooLong { max: MAX_BYTES }),
            (text.contains(char::is_control), PasswordError::ControlCharacter),
            (self.alpha_lower && lacks(|c| c.is_ascii_lowercase()), PasswordError::NeedsLower),
            (self.alpha_upper && lacks(|c| c.is_ascii_uppercase()), PasswordError::NeedsUpper),
            (self.numeric && lacks(|c| c.is_ascii_digit()), PasswordError::NeedsDigit),
            (
                self.special_required
                    && !specials.is_empty()
                    && !text.contains(|c| specials.contains(c)),
                PasswordError::NeedsSpecial { chars: specials.clone() },
            ),
            (is_login, PasswordError::IsLoginName),
        ];
        let mut errors: Vec<PasswordError> =
            rules.into_iter().filter_map(|(broken, error)| broken.then_some(error)).collect();
        if errors.is_empty() && self.is_common(text, person) {
            errors.push(PasswordError::Common);
        }
        errors
    }

    /// Whether the password is easy to guess.
    fn is_common(&self, text: &str, Person { login, email }: Person<'_>) -> bool {
        let (local, domain) = email.and_then(|email| email.rsplit_once('@')).unwrap_or_default();
        let host = domain.split('.').next().unwrap_or_default();
        let joined: String = self.provider.chars().filter(|c| !c.is_whitespace()).collect();
        common_passwords::is_common(
            text,
            &[
                login.unwrap_or_default(),
                email.unwrap_or_default(),
                local,
                host,
                &self.provider,
                &joined,
            ],
        )
    }

    /// Generates a password that follows the policy, without characters that look like others (`l`,
    /// `1`, `O`, `0` …).
    ///
    /// It consists of letters and digits, so that a double click selects the whole password.
    /// Special characters are used only if the policy requires them.
    #[must_use]
    pub fn generate(&self, source: &dyn RandomSource) -> Secret {
        let classes = self.classes();
        let all: Vec<char> = classes.iter().flatten().copied().collect();
        let length = self.min_length().max(GENERATED_LENGTH);
        let mut chars: Vec<char> =
            classes.iter().filter_map(|class| random::pick(source, class)).copied().collect();
        while chars.len() < length {
            chars.extend(random::pick(source, &all));
        }
        random::shuffle(source, &mut chars);
        let mut text = String::with_capacity(4 * length);
        text.extend(chars.drain(..));
        Secret::new(text)
    }

    /// Returns the character classes. A generated password has at least one character of each.
    fn classes(&self) -> Vec<Vec<char>> {
        let mut classes: Vec<Vec<char>> =
            [LOWER, UPPER, DIGITS].iter().map(|class| class.chars().collect()).collect();
        let specials = self.specials();
        if self.special_required && !specials.is_empty() {
            let clear: Vec<char> = specials.chars().filter(|c| !LOOK_ALIKES.contains(c)).collect();
            classes.push(if clear.is_empty() { specials.chars().collect() } else { clear });
        }
        classes
    }
}

#[cfg(test)]
mod tests;
