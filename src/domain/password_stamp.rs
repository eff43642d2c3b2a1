//! The stamp of a password: equal as long as an account keeps its password.

use serde::{Deserialize, Serialize};

/// Changes when an account gets a new password, and stays when the same password is hashed anew.
///
/// Sessions, device cookies and proofs of a password hold the stamp of the password that was
/// verified for them, so that none of them outlives it. It tells nothing about the password. The
/// empty stamp is that of no password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PasswordStamp(String);

impl PasswordStamp {
    /// Returns the stamp of the password that was set at `changed_at` (seconds since 1970) and is
    /// the account's `version`th after the first. Both are part of it: a restored backup sets the
    /// version back.
    #[must_use]
    pub fn of(version: i64, changed_at: Option<i64>) -> Self {
        Self(format!("{version}.{}", changed_at.unwrap_or_default()))
    }

    /// Returns the stamp as text without colons.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_password_has_its_own() {
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
    }
}
