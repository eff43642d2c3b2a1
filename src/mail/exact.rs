//! White space that must arrive as it is: that of a password. Texts are wrapped and trimmed; while
//! that happens, each such character is stood in for by one that nobody types and that no program
//! takes for white space.

use domain::secret::Secret;

/// Characters of this private plane stand in for those of the first one.
const PLANE: u32 = 0xf_0000;

/// A password, to be put into a text that [`restore`] is applied to at the end.
pub(super) fn protect(secret: &Secret) -> String {
    let stand_in = |c: char| {
        if c.is_whitespace() { char::from_u32(PLANE + u32::from(c)).unwrap_or(c) } else { c }
    };
    secret.expose().chars().map(stand_in).collect()
}

/// Puts the characters back.
pub(super) fn restore(text: &str) -> String {
    let meant = |c: char| {
        u32::from(c)
            .checked_sub(PLANE)
            .and_then(char::from_u32)
            .filter(|c| c.is_whitespace())
            .unwrap_or(c)
    };
    text.chars().map(meant).collect()
}

/// Whether the white space of a password is easily overlooked: at its ends, or several in a row.
pub(super) fn has_odd_spaces(secret: &Secret) -> bool {
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
        fn nothing_is_white_space_and_all_comes_back(text in "[ \\t\u{a0}\u{3000}a-zäß<&]{0,20}") {
            let protected = protect(&Secret::new(text.clone()));
            prop_assert!(!protected.contains(char::is_whitespace));
            prop_assert_eq!(restore(&protected), text);
        }
    }

    #[test]
    fn spaces_that_are_overlooked() {
        for (text, expected) in
            [("a b", false), (" a", true), ("a ", true), ("a  b", true), ("", false)]
        {
            assert_eq!(has_odd_spaces(&Secret::new(text)), expected, "{text:?}");
        }
    }
}
