//! What a password must be like, and passwords made by chance.

use super::chance::{self, Chance};
use super::common;
use super::fault::{Code, Fault};
use super::secret::Secret;

/// The longest password in bytes. Without a limit a sign-in could be made to hash megabytes.
pub const MAX_BYTES: usize = 1000;
/// The longest minimum a provider can ask for, in characters.
pub const MAX_MIN_LENGTH: usize = 128;
/// Generated passwords are at least this long.
const GENERATED_LENGTH: usize = 14;

/// What a provider asks of passwords.
#[allow(clippy::struct_excessive_bools, reason = "the rules, as they are set: each for itself")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// At least so many characters (at most [`MAX_MIN_LENGTH`] is asked for).
    pub min_length: usize,
    /// Needs one of a to z.
    pub alpha_lower: bool,
    /// Needs one of A to Z.
    pub alpha_upper: bool,
    /// Needs one of 0 to 9.
    pub numeric: bool,
    /// Needs one of `special_chars`.
    pub special_required: bool,
    /// Which characters count as special; where none is left, none is asked for.
    pub special_chars: String,
    /// What the provider is called: a password that everybody at this provider might choose.
    pub provider: String,
}

/// The shortest minimum a provider can ask for, in characters.
pub const MIN_MIN_LENGTH: usize = 8;

/// Whose password it is to be, as far as that is known: names that are easily guessed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Person<'a> {
    /// The login name.
    pub login: Option<&'a str>,
    /// The mail address.
    pub email: Option<&'a str>,
}

impl<'a> Person<'a> {
    /// Somebody of whom only the login name is known.
    #[must_use]
    pub const fn named(login: Option<&'a str>) -> Self {
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
pub enum PasswordFault {
    /// Fewer characters than asked for.
    TooShort {
        /// The least number of characters.
        min: usize,
    },
    /// More bytes than are hashed.
    TooLong {
        /// The greatest number of bytes.
        max: usize,
    },
    /// Holds a control character: a line break in a password has opened panels before.
    ControlCharacter,
    /// No letter of a to z.
    NeedsLower,
    /// No letter of A to Z.
    NeedsUpper,
    /// No digit.
    NeedsDigit,
    /// No special character.
    NeedsSpecial {
        /// The characters that would do.
        chars: String,
    },
    /// The same as the login name.
    IsLoginName,
    /// One of those that are tried first, or made of the login name, the mail address or the
    /// provider's name.
    Common,
}

impl PasswordFault {
    /// The stable code; `fault-<code>` is the key of its text.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::TooShort { .. } => Code::PasswordTooShort,
            Self::TooLong { .. } => Code::PasswordTooLong,
            Self::ControlCharacter => Code::PasswordControlCharacter,
            Self::NeedsLower => Code::PasswordNeedsLower,
            Self::NeedsUpper => Code::PasswordNeedsUpper,
            Self::NeedsDigit => Code::PasswordNeedsDigit,
            Self::NeedsSpecial { .. } => Code::PasswordNeedsSpecial,
            Self::IsLoginName => Code::PasswordIsLoginname,
            Self::Common => Code::PasswordCommon,
        }
    }

    /// The arguments of its text, by name.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooShort { min } => vec![("min", min.to_string())],
            Self::TooLong { max } => vec![("max", max.to_string())],
            Self::NeedsSpecial { chars } => vec![("chars", chars.clone())],
            _ => Vec::new(),
        }
    }
}

impl From<PasswordFault> for Fault {
    fn from(fault: PasswordFault) -> Self {
        Self { code: fault.code(), args: fault.args(), variant: None }
    }
}

const LOWER: &str = "abcdefghijkmnpqrstuvwxyz";
const UPPER: &str = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const DIGITS: &str = "23456789";
/// Special characters that read like others in many fonts.
const LOOK_ALIKES: &[char] = &['|', '`', '\'', '"', '´', ' ', 'l', 'o', 'I', 'O', '0', '1'];

impl PasswordPolicy {
    /// The least number of characters.
    #[must_use]
    pub fn min_length(&self) -> usize {
        self.min_length.clamp(MIN_MIN_LENGTH, MAX_MIN_LENGTH)
    }

    /// The special characters that can be typed into one line.
    #[must_use]
    pub fn specials(&self) -> String {
        self.special_chars.chars().filter(|c| !c.is_control()).collect()
    }

    /// Every rule that the password breaks.
    #[must_use]
    pub fn check(&self, password: &Secret, person: Person<'_>) -> Vec<PasswordFault> {
        let (text, login) = (password.expose(), person.login);
        let specials = self.specials();
        let lacks = |wanted: fn(char) -> bool| !text.contains(wanted);
        let is_login = login
            .is_some_and(|login| !login.is_empty() && login.to_lowercase() == text.to_lowercase());
        let rules = [
            (
                text.chars().count() < self.min_length(),
                PasswordFault::TooShort { min: self.min_length() },
            ),
            (text.len() > MAX_BYTES, PasswordFault::TooLong { max: MAX_BYTES }),
            (text.contains(char::is_control), PasswordFault::ControlCharacter),
            (self.alpha_lower && lacks(|c| c.is_ascii_lowercase()), PasswordFault::NeedsLower),
            (self.alpha_upper && lacks(|c| c.is_ascii_uppercase()), PasswordFault::NeedsUpper),
            (self.numeric && lacks(|c| c.is_ascii_digit()), PasswordFault::NeedsDigit),
            (
                self.special_required
                    && !specials.is_empty()
                    && !text.contains(|c| specials.contains(c)),
                PasswordFault::NeedsSpecial { chars: specials.clone() },
            ),
            (is_login, PasswordFault::IsLoginName),
        ];
        let mut faults: Vec<PasswordFault> =
            rules.into_iter().filter_map(|(broken, fault)| broken.then_some(fault)).collect();
        if faults.is_empty() && self.is_common(text, person) {
            faults.push(PasswordFault::Common);
        }
        faults
    }

    /// Whether it is one of those that are tried first.
    fn is_common(&self, text: &str, Person { login, email }: Person<'_>) -> bool {
        let (local, domain) = email.and_then(|email| email.rsplit_once('@')).unwrap_or_default();
        let host = domain.split('.').next().unwrap_or_default();
        let joined: String = self.provider.chars().filter(|c| !c.is_whitespace()).collect();
        common::is_common(
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

    /// A new password that keeps this policy, without characters that are taken for others (`l`,
    /// `1`, `O`, `0` …).
    ///
    /// Letters and digits, so that a double click marks the whole of it; special characters only
    /// where the policy asks.
    #[must_use]
    pub fn generate(&self, chance: &dyn Chance) -> Secret {
        let classes = self.classes();
        let all: Vec<char> = classes.iter().flatten().copied().collect();
        let length = self.min_length().max(GENERATED_LENGTH);
        let mut chars: Vec<char> =
            classes.iter().filter_map(|class| chance::pick(chance, class)).copied().collect();
        while chars.len() < length {
            chars.extend(chance::pick(chance, &all));
        }
        chance::shuffle(chance, &mut chars);
        let mut text = String::with_capacity(4 * length);
        text.extend(chars.drain(..));
        Secret::new(text)
    }

    /// Of each of these classes a generated password holds at least one character.
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
