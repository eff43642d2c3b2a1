//! The default page of a home directory: visitors see it until the customer replaces it. Variables
//! in braces are replaced.

use super::text;
use super::validation::{ErrorCode, ValidationError};

/// The maximum length in characters. With four bytes each, they fit a TEXT column of MySQL.
const MAX: usize = 16_000;
/// The page for providers without a page of their own.
const DEFAULT: &str = include_str!("../../templates/homes/index.html");

/// A page with variables, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageTemplate(String);

impl PageTemplate {
    /// The variables. All other text in braces belongs to the page, such as styles.
    pub const VARIABLES: [&'static str; 3] = ["LOGIN_NAME", "CUSTOMER", "PROVIDER"];

    /// Returns Clientele's own page.
    #[must_use]
    pub fn default_index() -> Self {
        Self(DEFAULT.to_owned())
    }

    /// Parses a page.
    ///
    /// # Errors
    /// `required`, and the errors of [`text::multiline`].
    pub fn parse(typed: &str) -> Result<Self, ValidationError> {
        let text = text::multiline(typed, MAX)?;
        if text::is_blank(&text) {
            Err(ValidationError::new(ErrorCode::Required))
        } else {
            Ok(Self(text))
        }
    }

    /// Returns a stored page without validating it again.
    #[must_use]
    pub const fn stored(text: String) -> Self {
        Self(text)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the page with the variables replaced. The inserted values are escaped, so they
    /// cannot contain HTML, and are not searched for variables.
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
    fn variables_are_replaced_once_and_escaped() {
        let page = PageTemplate::parse(
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
    fn variables_of_the_default_page_are_replaced() {
        let filled = PageTemplate::default_index().filled(|name| format!("[{name}]"));
        assert!(
            filled.contains("<title>[LOGIN_NAME]</title>")
                && filled.contains("[PROVIDER]")
                && !filled.contains("{{")
        );
    }

    #[test]
    fn empty_and_too_long_pages_are_refused() {
        assert_eq!(PageTemplate::parse(" \n").unwrap_err().code.as_str(), "required");
        assert_eq!(
            PageTemplate::parse(&"x".repeat(MAX + 1)).unwrap_err().code.as_str(),
            "text-too-long"
        );
        assert!(PageTemplate::parse(&"x".repeat(MAX)).is_ok());
    }

    #[test]
    fn stored_pages_are_kept_exactly() {
        assert_eq!(
            PageTemplate::stored(" <p>{CUSTOMER}\r\n".into()).as_str(),
            " <p>{CUSTOMER}\r\n"
        );
        assert_eq!(PageTemplate::parse(" <p>{CUSTOMER}\r\n").unwrap().as_str(), "<p>{CUSTOMER}");
    }
}
