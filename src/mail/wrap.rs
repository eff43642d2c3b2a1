//! Plain text that reads well in every mail program.

use std::borrow::Cow;
use textwrap::{Options, WordSeparator, WordSplitter};

/// So long a line may be (RFC 5322, 2.1.1).
const WIDTH: usize = 78;

/// What stands before a signature, with the space that mail programs look for.
pub(super) const SIGNATURE: &str = "-- ";

/// Breaks long lines between words. Lines that begin with a space (credentials, addresses) stay as
/// they are, as do words longer than a line; of several empty lines one is kept.
pub(super) fn wrap(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() && lines.last().is_none_or(String::is_empty) {
            continue;
        }
        if line.starts_with(' ') || line.chars().count() <= WIDTH {
            // The signature's mark is the one line that ends with a space.
            lines.push(if line == "--" { SIGNATURE.to_owned() } else { line.to_owned() });
        } else {
            lines.extend(fill(line));
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n") + "\n"
}

fn fill(line: &str) -> impl Iterator<Item = String> {
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
    fn what_must_not_be_broken_is_not() {
        let secret = format!("    Password: {}", "ab ".repeat(40));
        let url = format!("https://panel.example/{}", "x".repeat(90));
        let wrapped = wrap(&format!("\n\nHello\n\n\n\n{secret}\n{url}\n--\nme\n\n"));
        assert_eq!(wrapped, format!("Hello\n\n{}\n{url}\n-- \nme\n", secret.trim_end()));
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_no_line_too_long(words in prop::collection::vec("[a-zäß€]{1,20}", 1..60)) {
            let wrapped = wrap(&words.join(" "));
            prop_assert!(wrapped.lines().all(|line| line.chars().count() <= WIDTH));
            prop_assert_eq!(wrapped.split_whitespace().collect::<Vec<_>>(), words);
        }
    }
}
