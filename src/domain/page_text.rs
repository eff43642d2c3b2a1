//! A page with names in braces that are filled in: what visitors see of a home that its customer
//! has not touched yet.

use super::fault::{Code, Fault};
use super::text;

/// The longest page, in characters: with four bytes each it fits a TEXT column of MySQL.
const MAX: usize = 16_000;
/// The page unless the provider has his own.
const DEFAULT: &str = include_str!("../../templates/homes/index.html");

/// A page as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageText(String);

impl PageText {
    /// Names that are filled in. Whatever else stands in braces is the page's own, such as a style.
    pub const VARIABLES: [&'static str; 3] = ["LOGIN_NAME", "CUSTOMER", "PROVIDER"];

    /// The program's own page.
    #[must_use]
    pub fn default_index() -> Self {
        Self(DEFAULT.to_owned())
    }

    /// Reads a page.
    ///
    /// # Errors
    /// `required`, and those of [`text::multiline`].
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let text = text::multiline(typed, MAX)?;
        if text::is_blank(&text) { Err(Fault::new(Code::Required)) } else { Ok(Self(text)) }
    }

    /// A page from where it is stored.
    #[must_use]
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    /// As stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The page with names filled in, as text: whatever the values are, they are no HTML. What was
    /// filled in is not filled in again.
    #[must_use]
    pub fn filled(&self, value: impl Fn(&str) -> String) -> String {
        let mut page = String::with_capacity(self.0.len());
        let mut rest = self.0.as_str();
        while let Some(at) = rest.find('{') {
            let (before, found) = rest.split_at(at);
            page.push_str(before);
            let name = Self::VARIABLES.into_iter().find(|name| {
                found[1..].strip_prefix(name).is_some_and(|tail| tail.starts_with('}'))
            });
            rest = if let Some(name) = name {
                escape(&value(name), &mut page);
                &found[name.len() + 2..]
            } else {
                page.push('{');
                &found[1..]
            };
        }
        page.push_str(rest);
        page
    }
}

fn escape(value: &str, page: &mut String) {
    for c in value.chars() {
        match c {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            c => page.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_filled_in_once_and_as_text() {
        let page = PageText::parse(
            "<style>p { color: red }</style>{LOGIN_NAME} {{PROVIDER}} {login_name} {CUSTOMER",
        )
        .unwrap();
        let filled = page.filled(|name| {
            if name == "PROVIDER" {
                "A & B <x> {LOGIN_NAME} \"'".to_owned()
            } else {
                "web1".to_owned()
            }
        });
        assert_eq!(
            filled,
            "<style>p { color: red }</style>web1 {A &amp; B &lt;x&gt; {LOGIN_NAME} &quot;&#39;} {login_name} {CUSTOMER"
        );
    }

    #[test]
    fn the_default_has_its_names() {
        let filled = PageText::default_index().filled(|name| format!("[{name}]"));
        assert!(
            filled.contains("<title>[LOGIN_NAME]</title>")
                && filled.contains("[PROVIDER]")
                && !filled.contains("{{")
        );
    }

    #[test]
    fn empty_and_endless_pages_are_refused() {
        assert_eq!(PageText::parse(" \n").unwrap_err().code.as_str(), "required");
        assert_eq!(
            PageText::parse(&"x".repeat(MAX + 1)).unwrap_err().code.as_str(),
            "text-too-long"
        );
    }
}
