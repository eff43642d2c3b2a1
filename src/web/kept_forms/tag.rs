//! Reads and writes tags of a page. It supports only pages of this program, whose attribute values
//! are always quoted.

use crate::html::unescape;
use std::borrow::Cow;

/// A tag of a page.
pub struct Tag<'p> {
    /// The text from `<` to `>`.
    pub text: &'p str,
    /// Name; begins with a slash for an end tag.
    pub name: &'p str,
    /// Attributes with their byte ranges in the text. A range begins with the white space before
    /// the attribute.
    attributes: Vec<Attribute<'p>>,
}

struct Attribute<'p> {
    from: usize,
    to: usize,
    name: &'p str,
    value: Option<&'p str>,
}

impl<'p> Tag<'p> {
    /// Reads the tag at the beginning of `text`; `None` if there is none.
    pub fn read(text: &'p str) -> Option<Self> {
        let bytes = text.as_bytes();
        let name_end = text[1..].find(|c: char| c.is_ascii_whitespace() || c == '>')? + 1;
        let name = &text[1..name_end];
        if !name.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let (mut attributes, mut at) = (Vec::new(), name_end);
        loop {
            let from = at;
            while bytes.get(at)?.is_ascii_whitespace() {
                at += 1;
            }
            if bytes[at] == b'>' {
                return Some(Self { text: &text[..=at], name, attributes });
            }
            let start = at;
            while !matches!(bytes.get(at)?, b'=' | b'>') && !bytes[at].is_ascii_whitespace() {
                at += 1;
            }
            let name = &text[start..at];
            let mut value = None;
            if bytes[at] == b'=' && bytes.get(at + 1) == Some(&b'"') {
                let length = text[at + 2..].find('"')?;
                value = Some(&text[at + 2..at + 2 + length]);
                at += length + 3;
            } else if bytes[at] == b'=' {
                at += 1;
            }
            attributes.push(Attribute { from, to: at, name, value });
        }
    }

    /// Returns the unescaped value of an attribute; empty for an attribute without a value.
    pub fn value(&self, name: &str) -> Option<Cow<'p, str>> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
            .map(|attribute| unescape(attribute.value.unwrap_or_default()))
    }

    pub fn has(&self, name: &str, value: &str) -> bool {
        self.value(name).is_some_and(|known| known == value)
    }

    /// Writes the tag without the attribute `name`, and adds `replacement` if it is given.
    pub fn write(&self, out: &mut String, name: &str, replacement: Option<&str>) {
        let mut at = 0;
        for attribute in self.attributes.iter().filter(|attribute| attribute.name == name) {
            out.push_str(&self.text[at..attribute.from]);
            at = attribute.to;
        }
        out.push_str(&self.text[at..self.text.len() - 1]);
        out.extend(replacement.into_iter().flat_map(|replacement| [" ", replacement]));
        out.push('>');
    }
}
