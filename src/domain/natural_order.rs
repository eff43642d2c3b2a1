//! Natural order: `web2` before `web10`.

/// Returns a key whose byte order is the natural order of the texts. Case is ignored, and numbers
/// are ordered by value.
///
/// A number is written as the count of its digits, followed by the digits without leading zeros, so
/// that shorter numbers come first. The count is a 9 for every full nine digits, followed by the
/// remainder.
#[must_use]
pub fn sort_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len() + 8);
    let lower = text.trim().to_lowercase();
    let mut rest = lower.as_str();
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            push_number(&mut key, &rest[..end]);
            rest = &rest[end..];
        } else {
            key.push(c);
            rest = &rest[c.len_utf8()..];
        }
        if key.len() >= MAX_KEY {
            break;
        }
    }
    key.truncate(key.floor_char_boundary(MAX_KEY));
    key
}

/// The maximum length of a key in bytes: long enough to distinguish names, short enough for an
/// index on every engine.
const MAX_KEY: usize = 180;

fn push_number(key: &mut String, digits: &str) {
    let digits = digits.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    // The count is a digit, so that numbers sort before letters.
    let mut count = digits.len();
    while count >= 9 {
        key.push('9');
        count -= 9;
    }
    key.push(char::from(b'0' + u8::try_from(count).unwrap_or(9)));
    key.push_str(digits);
}

#[cfg(test)]
mod tests {
    use super::sort_key;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_ordered_by_value() {
        let mut names = vec!["web10", "web2", "Web1", "web100", "web09", "weba"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Web1", "web2", "web09", "web10", "web100", "weba"]);
    }

    proptest! {
        #[test]
        fn order_of_numbers_is_kept(a in 0_u64.., b in 0_u64..) {
            prop_assert_eq!(sort_key(&format!("web{a}")).cmp(&sort_key(&format!("web{b}"))), a.cmp(&b));
        }

        #[test]
        fn keys_are_short_enough_for_an_index(text in "\\PC*") {
            prop_assert!(sort_key(&text).len() <= 180);
        }
    }

    /// Keys are stored, so they never change.
    #[test]
    fn a_number_follows_the_count_of_its_digits() {
        for (text, key) in [
            (" Web7 ", "web17"),
            ("web10", "web210"),
            ("a007b0c", "a17b10c"),
            ("12345678", "812345678"),
            ("123456789", "90123456789"),
            ("1234567890", "911234567890"),
            ("123456789012345678", "990123456789012345678"),
            ("1234567890123456789", "9911234567890123456789"),
            ("Größe-2", "größe-12"),
            ("", ""),
        ] {
            assert_eq!(sort_key(text), key, "{text:?}");
        }
        for (text, key) in [
            ("x".repeat(179), "x".repeat(179)),
            ("x".repeat(180), "x".repeat(180)),
            ("x".repeat(181), "x".repeat(180)),
            (format!("{}ü", "x".repeat(179)), "x".repeat(179)),
            (format!("{}10", "x".repeat(178)), format!("{}21", "x".repeat(178))),
        ] {
            assert_eq!(sort_key(&text), key);
        }
    }
}
