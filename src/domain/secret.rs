//! Texts that must not be shown, logged or left in memory.

use std::fmt;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// A secret text, such as a password. Dropping it erases it from memory, and `{:?}` does not show
/// it. It implements neither `Display` nor `Serialize`: only [`expose`](Self::expose) returns the
/// text.
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether both are equal. The time of the comparison depends on the lengths only.
    #[must_use]
    pub fn constant_time_eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_hides_the_text() {
        let secret = Secret::new("correct horse");
        assert_eq!(
            format!("{secret:?} {:#?}", Some(&secret)),
            "Secret(…) Some(\n    Secret(…),\n)"
        );
        assert_eq!(secret.expose(), "correct horse");
    }

    #[test]
    fn secrets_are_compared_by_text() {
        assert!(Secret::new("a").constant_time_eq(&"a".into()));
        assert!(!Secret::new("a").constant_time_eq(&"b".into()));
        assert!(!Secret::new("a").constant_time_eq(&"ab".into()));
        assert!(Secret::from("a".to_owned()).constant_time_eq(&"a".into()));
        assert!(Secret::default().is_empty() && !Secret::new(" ").is_empty());
    }
}
