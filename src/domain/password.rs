//! What a password must be like, and passwords made by chance.

use super::chance::{self, Chance};
use super::fault::Fault;
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
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self {
            min_length: 8,
            alpha_lower: true,
            alpha_upper: true,
            numeric: false,
            special_required: false,
            special_chars: "!?<>§$%+#=@".to_owned(),
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
}

impl PasswordFault {
    /// The stable code; `fault-<code>` is the key of its text.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooShort { .. } => "password-too-short",
            Self::TooLong { .. } => "password-too-long",
            Self::ControlCharacter => "password-control-character",
            Self::NeedsLower => "password-needs-lower",
            Self::NeedsUpper => "password-needs-upper",
            Self::NeedsDigit => "password-needs-digit",
            Self::NeedsSpecial { .. } => "password-needs-special",
            Self::IsLoginName => "password-is-loginname",
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
        self.min_length.min(MAX_MIN_LENGTH)
    }

    /// The special characters that can be typed into one line.
    #[must_use]
    pub fn specials(&self) -> String {
        self.special_chars.chars().filter(|c| !c.is_control()).collect()
    }

    /// Every rule that the password breaks; `login` is the name of the account where it is known.
    #[must_use]
    pub fn check(&self, password: &Secret, login: Option<&str>) -> Vec<PasswordFault> {
        let text = password.expose();
        let specials = self.specials();
        let lacks = |wanted: fn(char) -> bool| !text.contains(wanted);
        let is_login = login.is_some_and(|login| !login.is_empty() && login.to_lowercase() == text.to_lowercase());
        let rules = [
            (text.chars().count() < self.min_length(), PasswordFault::TooShort { min: self.min_length() }),
            (text.len() > MAX_BYTES, PasswordFault::TooLong { max: MAX_BYTES }),
            (text.contains(char::is_control), PasswordFault::ControlCharacter),
            (self.alpha_lower && lacks(|c| c.is_ascii_lowercase()), PasswordFault::NeedsLower),
            (self.alpha_upper && lacks(|c| c.is_ascii_uppercase()), PasswordFault::NeedsUpper),
            (self.numeric && lacks(|c| c.is_ascii_digit()), PasswordFault::NeedsDigit),
            (
                self.special_required && !specials.is_empty() && !text.contains(|c| specials.contains(c)),
                PasswordFault::NeedsSpecial { chars: specials.clone() },
            ),
            (is_login, PasswordFault::IsLoginName),
        ];
        rules.into_iter().filter_map(|(broken, fault)| broken.then_some(fault)).collect()
    }

    /// A new password that keeps this policy, without characters that are taken for others (`l`, `1`, `O`, `0` …).
    ///
    /// Letters and digits, so that a double click marks the whole of it; special characters only where the policy asks.
    #[must_use]
    pub fn generate(&self, chance: &dyn Chance) -> Secret {
        let classes = self.classes();
        let all: Vec<char> = classes.iter().flatten().copied().collect();
        let length = self.min_length().max(GENERATED_LENGTH);
        let mut chars: Vec<char> = classes.iter().filter_map(|class| chance::pick(chance, class)).copied().collect();
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
        let mut classes: Vec<Vec<char>> = [LOWER, UPPER, DIGITS].iter().map(|class| class.chars().collect()).collect();
        let specials = self.specials();
        if self.special_required && !specials.is_empty() {
            let clear: Vec<char> = specials.chars().filter(|c| !LOOK_ALIKES.contains(c)).collect();
            classes.push(if clear.is_empty() { specials.chars().collect() } else { clear });
        }
        classes
    }
}

#[cfg(test)]
mod tests {
    use super::super::chance::{OsChance, SeededChance};
    use super::*;
    use proptest::prelude::*;

    fn codes(policy: &PasswordPolicy, password: &str, login: Option<&str>) -> Vec<&'static str> {
        policy.check(&password.into(), login).iter().map(PasswordFault::code).collect()
    }

    #[test]
    fn every_broken_rule_is_named() {
        let strict = PasswordPolicy { numeric: true, special_required: true, ..PasswordPolicy::default() };
        let all = ["password-too-short", "password-needs-lower", "password-needs-upper", "password-needs-digit", "password-needs-special"];
        assert_eq!(codes(&strict, "", None), all);
        assert_eq!(codes(&strict, "Abcdef1§", None), [""; 0]);
        assert_eq!(codes(&strict, "Abcdef12", None), ["password-needs-special"]);
    }

    #[test]
    fn lengths_count_characters_below_and_bytes_above() {
        let policy = PasswordPolicy { alpha_lower: false, alpha_upper: false, ..PasswordPolicy::default() };
        assert_eq!(codes(&policy, "ääääää7", None), ["password-too-short"]);
        assert_eq!(codes(&policy, "äääääää7", None), [""; 0]);
        assert_eq!(codes(&policy, &"ä".repeat(500), None), [""; 0]);
        assert_eq!(codes(&policy, &"ä".repeat(501), None), ["password-too-long"]);
        assert_eq!(policy.check(&"x".into(), None)[0].args(), [("min", "8".to_owned())]);
    }

    #[test]
    fn control_characters_are_refused() {
        for bad in ["Abcdefgh\r\nrole=admin", "Abcdefg\0", "Abcdefg\tx", "Abcdefg\u{7f}", "Abcdefg\u{85}"] {
            assert_eq!(codes(&PasswordPolicy::default(), bad, None), ["password-control-character"], "{bad:?}");
        }
    }

    #[test]
    fn the_login_name_is_no_password() {
        let policy = PasswordPolicy::default();
        assert_eq!(codes(&policy, "WebKunde1", Some("webkunde1")), ["password-is-loginname"]);
        assert_eq!(codes(&policy, "WebKunde12", Some("webkunde1")), [""; 0]);
    }

    #[test]
    fn an_empty_alphabet_asks_for_nothing() {
        let policy = PasswordPolicy { special_required: true, special_chars: "\n".into(), ..PasswordPolicy::default() };
        assert_eq!(codes(&policy, "Abcdefgh", None), [""; 0]);
        assert_eq!(codes(&policy, policy.generate(&OsChance).expose(), None), [""; 0]);
    }

    fn policies() -> impl Strategy<Value = PasswordPolicy> {
        (0_usize..300, any::<[bool; 4]>(), ".{0,12}").prop_map(
            |(min_length, [alpha_lower, alpha_upper, numeric, special_required], special_chars)| PasswordPolicy {
                min_length,
                alpha_lower,
                alpha_upper,
                numeric,
                special_required,
                special_chars,
            },
        )
    }

    proptest! {
        #[test]
        fn a_generated_password_keeps_its_policy(policy in policies(), seed: u64) {
            let password = policy.generate(&SeededChance::new(seed));
            prop_assert_eq!(policy.check(&password, None), vec![]);
            prop_assert_eq!(password.expose().chars().count(), policy.min_length().max(14));
        }

        #[test]
        fn a_generated_password_reads_clearly(seed: u64) {
            let password = PasswordPolicy::default().generate(&SeededChance::new(seed));
            prop_assert!(password.expose().chars().all(|c| c.is_ascii_alphanumeric() && !"lo1IO0".contains(c)));
        }

        #[test]
        fn generated_passwords_differ(policy in policies(), seed: u64) {
            let chance = SeededChance::new(seed);
            let (one, other) = (policy.generate(&chance), policy.generate(&chance));
            prop_assert!(!one.same_as(&other));
        }

        #[test]
        fn a_check_never_panics(policy in policies(), password: String, login: Option<String>) {
            let _ = policy.check(&Secret::new(password), login.as_deref());
        }
    }
}
