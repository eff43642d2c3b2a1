//! The provider's texts of emails, which stand between greeting and closing. Variables in braces
//! are replaced.

use super::text;
use super::validation::{ErrorCode, FieldErrors, ValidationError};
use std::borrow::Cow;

/// An email whose text the provider can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailKind {
    Welcome,
    /// Sent when a manager has set a customer's password.
    NewPassword,
    PasswordReset,
    PasswordChanged,
}

impl MailKind {
    pub const ALL: [Self; 4] =
        [Self::Welcome, Self::NewPassword, Self::PasswordReset, Self::PasswordChanged];

    /// Returns the code as stored and as in the URL of its page. The text key of the name is
    /// `mail-kind-<code>`, with `-` for `_`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::NewPassword => "new_password",
            Self::PasswordReset => "password_reset",
            Self::PasswordChanged => "password_changed",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Returns the variables that the text can contain.
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
            Self::PasswordReset => &["USERNAME", "LINK", "DURATION", "HOURS", "PROVIDER"],
            Self::PasswordChanged => &["USERNAME", "LINK", "PROVIDER"],
        }
    }

    /// Returns the variables that the text must contain.
    #[must_use]
    pub const fn required(self) -> &'static [&'static str] {
        match self {
            Self::Welcome | Self::NewPassword => &["USERNAME", "PASSWORD"],
            Self::PasswordReset => &["LINK"],
            Self::PasswordChanged => &[],
        }
    }
}

/// Subject and body of an email.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailTemplate {
    /// One line. Variables for passwords and links are not allowed.
    pub subject: String,
    /// Paragraphs, separated by empty lines.
    pub body: String,
}

impl EmailTemplate {
    /// Parses the provider's text of an email.
    ///
    /// # Errors
    /// Errors of `subject` and `body`: `required`, `variable-unknown` (`name`), `variable-missing`
    /// (`name`), and those of [`text::line()`].
    pub fn parse(kind: MailKind, subject: &str, body: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let subject = errors.value_or_add("subject", text::line(subject, 200)).unwrap_or_default();
        let body = errors.value_or_add("body", text::multiline(body, 10_000)).unwrap_or_default();
        for (field, text) in [("subject", &subject), ("body", &body)] {
            if text.is_empty() && !errors.has(field) {
                errors.push(field, ValidationError::new(ErrorCode::Required));
            }
            for name in names(text) {
                let is_secret = field == "subject" && matches!(name, "PASSWORD" | "LINK");
                if is_secret || !kind.variables().contains(&name) {
                    errors.push(
                        field,
                        ValidationError::new(ErrorCode::VariableUnknown).with("name", name),
                    );
                }
            }
        }
        for name in kind.required() {
            if !names(&body).any(|used| used == *name) {
                errors.push(
                    "body",
                    ValidationError::new(ErrorCode::VariableMissing).with("name", *name),
                );
            }
        }
        errors.into_result(Self { subject, body })
    }

    /// Returns subject and body with the variables replaced. The inserted values are not searched
    /// for variables, so that a customer with the name `{PASSWORD}` does not receive a password in
    /// place of their name.
    #[must_use]
    pub fn render(&self, value: impl Fn(&str) -> String) -> Self {
        Self { subject: fill(&self.subject, &value), body: fill(&self.body, &value) }
    }
}

/// Splits a text into plain parts (`Ok`) and names of variables (`Err`). Names consist of capitals
/// and `_` only. Other braces are part of the text.
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
mod tests;
