//! The provider's own words in a mail: between greeting and closing, with names in braces that are
//! filled in.

use super::fault::{Code, Fault, FieldFaults};
use super::text;
use std::borrow::Cow;

/// A mail that can be worded anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailKind {
    /// To a new customer.
    Welcome,
    /// A password that a manager set.
    NewPassword,
    /// The link for a lost password.
    PasswordReset,
    /// Notice of a changed password.
    PasswordChanged,
}

impl MailKind {
    /// Every one.
    pub const ALL: [Self; 4] =
        [Self::Welcome, Self::NewPassword, Self::PasswordReset, Self::PasswordChanged];

    /// As stored, and as in the page's address. The text key of its name is `mail-kind-<code>`,
    /// with `-` for `_`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::NewPassword => "new_password",
            Self::PasswordReset => "password_reset",
            Self::PasswordChanged => "password_changed",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Names that are filled in.
    #[must_use]
    pub const fn variables(self) -> &'static [&'static str] {
        match self {
            Self::Welcome => &[
                "USERNAME",
                "PASSWORD",
                "LINK",
                "FIRSTNAME",
                "NAME",
                "COMPANY",
                "CUSTOMER_NO",
                "DOMAINNAME",
                "PROVIDER",
            ],
            Self::NewPassword => &[
                "USERNAME",
                "PASSWORD",
                "LINK",
                "FIRSTNAME",
                "NAME",
                "COMPANY",
                "CUSTOMER_NO",
                "PROVIDER",
            ],
            Self::PasswordReset => &["USERNAME", "LINK", "HOURS", "PROVIDER"],
            Self::PasswordChanged => &["USERNAME", "LINK", "PROVIDER"],
        }
    }

    /// Without these the mail would be of no use.
    #[must_use]
    pub const fn required(self) -> &'static [&'static str] {
        match self {
            Self::Welcome | Self::NewPassword => &["USERNAME", "PASSWORD"],
            Self::PasswordReset => &["LINK"],
            Self::PasswordChanged => &[],
        }
    }
}

/// Subject and body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailText {
    /// One line; passwords and links have no place in it.
    pub subject: String,
    /// Paragraphs, separated by empty lines.
    pub body: String,
}

impl MailText {
    /// Reads the provider's words for a mail.
    ///
    /// # Errors
    /// Faults of `subject` and `body`: `required`, `variable-unknown` (`name`), `variable-missing`
    /// (`name`), and those of [`text::line()`].
    pub fn parse(kind: MailKind, subject: &str, body: &str) -> Result<Self, FieldFaults> {
        let mut faults = FieldFaults::default();
        let subject = faults.keep("subject", text::line(subject, 200)).unwrap_or_default();
        let body = faults.keep("body", text::multiline(body, 10_000)).unwrap_or_default();
        for (field, text) in [("subject", &subject), ("body", &body)] {
            if text.is_empty() && !faults.has(field) {
                faults.push(field, Fault::new(Code::Required));
            }
            for name in names(text) {
                let secret = field == "subject" && matches!(name, "PASSWORD" | "LINK");
                if secret || !kind.variables().contains(&name) {
                    faults.push(field, Fault::new(Code::VariableUnknown).with("name", name));
                }
            }
        }
        for name in kind.required() {
            if !names(&body).any(|used| used == *name) {
                faults.push("body", Fault::new(Code::VariableMissing).with("name", name));
            }
        }
        faults.or(Self { subject, body })
    }

    /// Subject and body with the names filled in. What is filled in is never looked at again, so
    /// that a customer called `{PASSWORD}` stays what he is.
    #[must_use]
    pub fn filled(&self, value: impl Fn(&str) -> String) -> Self {
        Self { subject: fill(&self.subject, &value), body: fill(&self.body, &value) }
    }
}

/// Names in braces: capitals and `_` only, so that other braces mean themselves.
fn parts(text: &str) -> impl Iterator<Item = Result<&str, &str>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut from = 0;
        while let Some(open) = rest[from..].find('{').map(|at| at + from) {
            if let Some(length) = name_length(&rest[open + 1..]) {
                if open > 0 {
                    let (plain, later) = rest.split_at(open);
                    rest = later;
                    return Some(Ok(plain));
                }
                let name = &rest[1..=length];
                rest = &rest[length + 2..];
                return Some(Err(name));
            }
            from = open + 1;
        }
        Some(Ok(std::mem::take(&mut rest)))
    })
}

fn name_length(text: &str) -> Option<usize> {
    let length = text.find(|c: char| !c.is_ascii_uppercase() && c != '_')?;
    (length > 0 && text[length..].starts_with('}')).then_some(length)
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    parts(text).filter_map(Result::err)
}

fn fill(text: &str, value: &impl Fn(&str) -> String) -> String {
    parts(text)
        .map(|part| part.map_or_else(|name| Cow::Owned(value(name)), Cow::Borrowed))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_filled_in_once() {
        let text = MailText::parse(
            MailKind::Welcome,
            "Hello {NAME}",
            "{USERNAME} / {PASSWORD}\n\n{ not this } {x} {}",
        )
        .unwrap();
        let filled = text.filled(|name| format!("<{name}{{PASSWORD}}>"));
        assert_eq!(filled.subject, "Hello <NAME{PASSWORD}>");
        assert_eq!(
            filled.body,
            "<USERNAME{PASSWORD}> / <PASSWORD{PASSWORD}>\n\n{ not this } {x} {}"
        );
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        let faults =
            MailText::parse(MailKind::Welcome, "{PASSWORD}", "{USERNAME} {HOURS}").unwrap_err();
        let listed: Vec<_> = faults
            .iter()
            .flat_map(|(field, list)| {
                list.iter().map(move |fault| (field, fault.code.as_str(), fault.args[0].1.as_str()))
            })
            .collect();
        assert_eq!(
            listed,
            [
                ("body", "variable-unknown", "HOURS"),
                ("body", "variable-missing", "PASSWORD"),
                ("subject", "variable-unknown", "PASSWORD")
            ]
        );
        assert!(MailText::parse(MailKind::PasswordChanged, "x", "  ").unwrap_err().has("body"));
        assert!(
            MailText::parse(MailKind::PasswordChanged, "a\r\nBcc: x@y.example", "x")
                .unwrap_err()
                .has("subject")
        );
    }

    proptest! {
        #[test]
        fn parts_give_the_text_back(text in "[{}A-Z_a ü]*") {
            prop_assert_eq!(fill(&text, &|name| format!("{{{name}}}")), text);
        }
    }
}
