//! Escapes text for HTML, and reverts the escaping.

use askama::filters::{Escaper as _, Html};
use std::borrow::Cow;

/// Escape sequences and their characters: the sequences that templates write, and other common
/// ones.
const ESCAPED: [(&str, char); 10] = [
    ("&#60;", '<'),
    ("&#62;", '>'),
    ("&#34;", '"'),
    ("&#39;", '\''),
    ("&#38;", '&'),
    ("&#x27;", '\''),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
    ("&amp;", '&'),
];

/// Escapes text in the same way as templates do.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = Html.write_escaped_str(&mut escaped, text);
    escaped
}

/// Reverts the escaping. Each character is unescaped once: `&#38;amp;` becomes `&amp;`.
#[must_use]
pub fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let found = ESCAPED.into_iter().find(|(escaped, _)| rest.starts_with(*escaped));
        let (escaped, c) = found.unwrap_or(("&", '&'));
        plain.push(c);
        rest = &rest[escaped.len()..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_character_is_unescaped_once() {
        for (text, plain) in [
            ("a", "a"),
            ("&#38;amp;", "&amp;"),
            ("&amp;#60;", "&#60;"),
            ("&#38;#38;", "&#38;"),
            ("&#60;b&gt; &quot;&#39;&#x27;", "<b> \"''"),
            ("a & b &c; &", "a & b &c; &"),
        ] {
            assert_eq!(unescape(text), plain, "{text}");
        }
    }

    proptest! {
        #[test]
        fn unescaping_reverts_escaping(text in "[&;#<>\"'a-z0-9ü ]{0,40}") {
            let escaped = escape(&text);
            prop_assert_eq!(unescape(&escaped), text);
        }
    }
}
