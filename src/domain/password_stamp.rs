//! Password stamps. The stamp of an account stays the same as long as its password does.

use serde::{Deserialize, Serialize};

/// Identifies an account's password, but reveals nothing about it. The stamp changes when the
/// account gets a new password. It stays the same when the same password is hashed again.
///
/// Sessions, device cookies and proofs of a password hold the stamp of the verified password, so
/// they become invalid when the password changes. The empty stamp stands for no password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordStamp(String);

impl PasswordStamp {
    /// Returns the stamp of a password that was set at `changed_at` (seconds since 1970). `version`
    /// counts the account's changes of password. The time is part of the stamp, because a restored
    /// backup resets the version.
    #[must_use]
    pub fn of(version: i64, changed_at: Option<i64>) -> Self {
        Self(format!("{version}.{}", changed_at.unwrap_or_default()))
    }

    /// Returns the stamp as text, which contains no colons.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_different_passwords_differ() {
        let stamps = [
            PasswordStamp::of(0, None),
            PasswordStamp::of(0, Some(7)),
            PasswordStamp::of(1, Some(7)),
            PasswordStamp::default(),
        ];
        for (at, stamp) in stamps.iter().enumerate() {
            assert_eq!(stamps.iter().position(|other| other == stamp), Some(at));
            assert!(!stamp.as_str().contains(':'));
        }
        // Stored sessions contain stamps, so their form is fixed.
        assert_eq!(stamps.each_ref().map(PasswordStamp::as_str), ["0.0", "0.7", "1.7", ""]);
    }
}
