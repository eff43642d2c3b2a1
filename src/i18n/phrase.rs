//! Texts that many rows fill in with words of their own.

use domain::account::Language;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// A text with gaps for words. Its language's rules are asked once and not again for every row, so
/// it must not depend on what the words are: numbers that decide between singular and plural belong
/// into [`Texts::t_with`](super::Texts::t_with).
#[derive(Debug, PartialEq, Eq)]
pub struct Phrase {
    start: String,
    /// The numbers of the gaps, each with what stands behind it.
    rest: Vec<(usize, String)>,
}

/// Stands for the first gap; the next characters for those that follow. For private use, so that no
/// text has them.
const GAPS: u32 = 0xE000;

impl Phrase {
    /// A text whose gaps hold the characters of [`gaps`], as many as there are names.
    fn new(text: &str, names: &[&'static str]) -> Self {
        let gap = |c: char| {
            usize::try_from(u32::from(c).checked_sub(GAPS)?)
                .ok()
                .filter(|number| *number < names.len())
        };
        let mut phrase = Self { start: String::new(), rest: Vec::new() };
        for c in text.chars() {
            match (gap(c), phrase.rest.last_mut()) {
                (Some(number), _) => phrase.rest.push((number, String::new())),
                (None, Some((_, behind))) => behind.push(c),
                (None, None) => phrase.start.push(c),
            }
        }
        phrase
    }

    /// The text with these words in its gaps, in the order in which they were named.
    #[must_use]
    pub fn with(&self, words: &[&str]) -> String {
        let mut text = self.start.clone();
        for (number, behind) in &self.rest {
            text.push_str(words.get(*number).copied().unwrap_or_default());
            text.push_str(behind);
        }
        text
    }
}

/// What stands for each gap while the text is made.
pub(super) fn gaps(names: &[&'static str]) -> impl Iterator<Item = (&'static str, String)> {
    (GAPS..).zip(names).filter_map(|(gap, name)| Some((*name, char::from_u32(gap)?.to_string())))
}

/// The phrase for a key, made once a thread.
pub(super) fn known(
    lang: Language,
    key: &'static str,
    names: &[&'static str],
    text: impl FnOnce() -> String,
) -> Rc<Phrase> {
    thread_local! {
        static KNOWN: RefCell<HashMap<(Language, &'static str), Rc<Phrase>>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        known.entry((lang, key)).or_insert_with(|| Rc::new(Phrase::new(&text(), names))).clone()
    })
}

#[cfg(test)]
mod tests {
    use crate::Texts as _;
    use domain::account::Language;

    #[test]
    fn a_phrase_reads_like_the_text_itself() {
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
    fn words_stand_where_the_language_wants_them() {
        let text =
            Language::De.phrase("pager-range", &["total", "from", "to"]).with(&["9", "1", "2"]);
        assert_eq!(text, "1–2 von 9");
    }
}
