//! Texts with placeholders that are filled in for many rows.

use domain::account::Language;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// A text with placeholders for words. Fluent formats it once instead of for every row, so it must
/// not depend on the words. Numbers that select singular or plural need
/// [`Texts::t_with`](super::Texts::t_with).
#[derive(Debug, PartialEq, Eq)]
pub struct Phrase {
    start: String,
    /// The number of each placeholder, with the text after it.
    rest: Vec<(usize, String)>,
}

/// The character for the first placeholder; the next ones have the characters that follow. They are
/// for private use, so no text contains them.
const FIRST_PLACEHOLDER: u32 = 0xE000;

impl Phrase {
    /// Splits a text at the characters of [`placeholders`]. Each name has one.
    fn new(text: &str, names: &[&'static str]) -> Self {
        let placeholder = |c: char| {
            usize::try_from(u32::from(c).checked_sub(FIRST_PLACEHOLDER)?)
                .ok()
                .filter(|number| *number < names.len())
        };
        let mut phrase = Self { start: String::new(), rest: Vec::new() };
        for c in text.chars() {
            match (placeholder(c), phrase.rest.last_mut()) {
                (Some(number), _) => phrase.rest.push((number, String::new())),
                (None, Some((_, after))) => after.push(c),
                (None, None) => phrase.start.push(c),
            }
        }
        phrase
    }

    /// Returns the text with these words in its placeholders, in the order of their names.
    #[must_use]
    pub fn with(&self, words: &[&str]) -> String {
        let mut text = self.start.clone();
        for (number, after) in &self.rest {
            text.push_str(words.get(*number).copied().unwrap_or_default());
            text.push_str(after);
        }
        text
    }
}

/// Returns the names with the characters that stand for them while Fluent formats the text.
pub(super) fn placeholders(names: &[&'static str]) -> impl Iterator<Item = (&'static str, String)> {
    (FIRST_PLACEHOLDER..)
        .zip(names)
        .filter_map(|(placeholder, name)| Some((*name, char::from_u32(placeholder)?.to_string())))
}

/// Returns the phrase for a key, which is cached per thread.
pub(super) fn cached(
    lang: Language,
    key: &'static str,
    names: &[&'static str],
    text: impl FnOnce() -> String,
) -> Rc<Phrase> {
    thread_local! {
        static CACHE: RefCell<HashMap<(Language, &'static str), Rc<Phrase>>> = RefCell::default();
    }
    CACHE.with_borrow_mut(|cache| {
        cache.entry((lang, key)).or_insert_with(|| Rc::new(Phrase::new(&text(), names))).clone()
    })
}

#[cfg(test)]
mod tests {
    use crate::Texts as _;
    use domain::account::Language;

    #[test]
    fn a_phrase_equals_the_formatted_text() {
        for lang in Language::ALL {
            let phrase = lang.phrase("usage-of", &["used", "limit"]);
            for [used, limit] in [["3", "5"], ["", "<b>"], ["{ $limit }", "\u{e001}"]] {
                assert_eq!(
                    phrase.with(&[used, limit]),
                    lang.t_with("usage-of", [("used", used), ("limit", limit)])
                );
            }
        }
    }

    #[test]
    fn placeholders_follow_the_word_order_of_the_language() {
        let text =
            Language::De.phrase("pager-range", &["total", "from", "to"]).with(&["9", "1", "2"]);
        assert_eq!(text, "1–2 von 9");
    }
}
