//! Wraps plain text so that every mail program displays it well.

use std::borrow::Cow;
use textwrap::{Options, WordSeparator, WordSplitter};

/// Recommended maximum length of a line, in characters (RFC 5322, 2.1.1).
const WIDTH: usize = 78;

/// The line before a signature. Mail programs recognize it by its trailing space.
pub(super) const SIGNATURE: &str = "-- ";

/// Wraps long lines between words. Lines that begin with a space (credentials, URLs) and words
/// longer than a line are not broken. Consecutive empty lines are reduced to one.
pub(super) fn wrap(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() && lines.last().is_none_or(String::is_empty) {
            continue;
        }
        if line.starts_with(' ') || line.chars().count() <= WIDTH {
            // The signature line is the only line that may end with a space.
            lines.push(if line == "--" { SIGNATURE.to_owned() } else { line.to_owned() });
        } else {
            lines.extend(wrap_line(line));
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n") + "\n"
}

fn wrap_line(line: &str) -> impl Iterator<Item = String> {
    let between_words = Options::new(WIDTH)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(line, between_words).into_iter().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn indented_lines_and_long_words_are_not_broken() {
        let secret = format!("    Password: {}", "ab ".repeat(40));
        let url = format!("https://panel.example/{}", "x".repeat(90));
        let wrapped = wrap(&format!("\n\nHello\n\n\n\n{secret}\n{url}\n--\nme\n\n"));
        assert_eq!(wrapped, format!("Hello\n\n{}\n{url}\n-- \nme\n", secret.trim_end()));
    }

    proptest! {
        #[test]
        fn wrapping_keeps_all_words_within_the_width(words in prop::collection::vec("[a-zäß€]{1,20}", 1..60)) {
            let wrapped = wrap(&words.join(" "));
            prop_assert!(wrapped.lines().all(|line| line.chars().count() <= WIDTH));
            prop_assert_eq!(wrapped.split_whitespace().collect::<Vec<_>>(), words);
        }
    }
}
