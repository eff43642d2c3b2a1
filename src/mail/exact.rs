//! Protects the whitespace of passwords, which must arrive unchanged although the text is wrapped
//! and trimmed. Until the text is finished, a private-use character stands for each whitespace
//! character of a password: nobody types such a character, and no program treats it as whitespace.

use domain::secret::Secret;

/// Offset of the private-use plane whose characters replace those of the Basic Multilingual Plane.
const PLANE: u32 = 0xf_0000;

/// Returns a password with its whitespace replaced. [`restore`] must be applied to the finished
/// text.
pub(super) fn protect(secret: &Secret) -> String {
    let replacement = |c: char| {
        if c.is_whitespace() { char::from_u32(PLANE + u32::from(c)).unwrap_or(c) } else { c }
    };
    secret.expose().chars().map(replacement).collect()
}

/// Puts the original whitespace back.
pub(super) fn restore(text: &str) -> String {
    let original = |c: char| {
        u32::from(c)
            .checked_sub(PLANE)
            .and_then(char::from_u32)
            .filter(|c| c.is_whitespace())
            .unwrap_or(c)
    };
    text.chars().map(original).collect()
}

/// Returns whether whitespace of a password is easily overlooked: at its ends, or several in a row.
pub(super) fn has_inconspicuous_whitespace(secret: &Secret) -> bool {
    let text = secret.expose();
    text.trim() != text
        || text
            .chars()
            .zip(text.chars().skip(1))
            .any(|(one, next)| one.is_whitespace() && next.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn protected_text_is_restored(text in "[ \\t\u{a0}\u{3000}a-zäß<&]{0,20}") {
            let protected = protect(&Secret::new(text.clone()));
            prop_assert!(!protected.contains(char::is_whitespace));
            prop_assert_eq!(restore(&protected), text);
        }
    }

    #[test]
    fn inconspicuous_whitespace_is_detected() {
        for (text, expected) in
            [("a b", false), (" a", true), ("a ", true), ("a  b", true), ("", false)]
        {
            assert_eq!(has_inconspicuous_whitespace(&Secret::new(text)), expected, "{text:?}");
        }
    }
}
