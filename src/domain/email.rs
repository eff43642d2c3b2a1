//! Email addresses.

use super::validation::{ErrorCode, ValidationError};
use std::fmt;
use validator::ValidateEmail;

/// A valid email address. The domain is stored in its ASCII form (Punycode), the local part as
/// typed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Email(String);

/// The longest address that a mail server accepts, in bytes (RFC 5321, 4.5.3.1.3).
const MAX: usize = 254;

impl Email {
    /// Parses an address. An international domain is converted to Punycode.
    ///
    /// # Errors
    /// `email-invalid`.
    pub fn parse(text: &str) -> Result<Self, ValidationError> {
        let invalid = || ValidationError::new(ErrorCode::EmailInvalid);
        let text = super::text::nfc(text.trim());
        let (local, domain) = text.rsplit_once('@').ok_or_else(invalid)?;
        let domain = idna::domain_to_ascii_strict(domain).map_err(|_| invalid())?;
        // A local part can have letters beyond ASCII (RFC 6531), but the validator knows ASCII
        // only. Each such letter is replaced before the check.
        let ascii_local: String = local
            .chars()
            .map(|c| if !c.is_ascii() && c.is_alphanumeric() { 'a' } else { c })
            .collect();
        let dots_are_valid =
            !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
        let address = format!("{local}@{domain}");
        if !dots_are_valid
            || !domain.contains('.')
            || address.len() > MAX
            || !format!("{ascii_local}@{domain}").validate_email()
        {
            return Err(invalid());
        }
        Ok(Self(address))
    }

    /// Returns a stored address, which was validated before it was stored.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// Returns the address with the domain in ASCII, as it is stored and used for sending.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the address with the domain in Unicode, as people write it.
    #[must_use]
    pub fn to_unicode(&self) -> String {
        match self.0.rsplit_once('@') {
            Some((local, domain)) => format!("{local}@{}", idna::domain_to_unicode(domain).0),
            None => self.0.clone(),
        }
    }

    /// Returns the address in lowercase, for comparisons.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Email;

    #[test]
    fn valid_addresses() {
        for (typed, stored) in [
            ("ann@example.com", "ann@example.com"),
            (" Ann.Lee+x@Example.COM ", "Ann.Lee+x@example.com"),
            ("info@müller.example", "info@xn--mller-kva.example"),
            ("zoë@example.com", "zoë@example.com"),
        ] {
            assert_eq!(Email::parse(typed).unwrap().as_str(), stored);
        }
    }

    #[test]
    fn bad_addresses() {
        for typed in [
            "",
            "not-an-email",
            "a@b@example.com",
            "a@",
            "@example.com",
            "a b@example.com",
            "a@example..com",
            "a\n@example.com",
            "a@exa\nmple.com",
            ".a@example.com",
            "a@localhost",
            "<a@example.com>",
            "a.@example.com",
            "a..b@example.com",
            "a€b@example.com",
            "a\u{a0}b@example.com",
            "a@example.com\r\nBcc: x@y.example",
        ] {
            assert_eq!(
                Email::parse(typed).unwrap_err().code.as_str(),
                "email-invalid",
                "{typed:?}"
            );
        }
        let long = format!("a@{}.example", "x".repeat(260));
        assert_eq!(Email::parse(&long).unwrap_err().code.as_str(), "email-invalid");
    }

    #[test]
    fn keys_ignore_case_and_domains_become_ascii() {
        assert_eq!(
            Email::parse("ADMIN@Panel.example").unwrap().key(),
            Email::parse("admin@panel.example").unwrap().key()
        );
        assert_eq!(
            Email::parse("a@MÜLLER.example").unwrap().key(),
            Email::parse("a@xn--mller-kva.example").unwrap().key()
        );
        assert_eq!(
            Email::parse("info@müller.example").unwrap().to_unicode(),
            "info@müller.example"
        );
    }

    /// Domains consist of labels of up to 63 characters.
    #[test]
    fn addresses_have_at_most_254_bytes() {
        let of_length = |bytes: usize| {
            let (local, label) = ("a".repeat(64), "x".repeat(63));
            let last = "y".repeat(bytes - 64 - 1 - 64 - 64);
            format!("{local}@{label}.{label}.{last}")
        };
        for bytes in [253, 254] {
            let address = of_length(bytes);
            assert_eq!(
                (address.len(), Email::parse(&address).unwrap().as_str()),
                (bytes, &*address)
            );
        }
        assert_eq!(Email::parse(&of_length(255)).unwrap_err().code.as_str(), "email-invalid");
    }

    #[test]
    fn addresses_are_written_as_stored_or_as_people_write_them() {
        for (stored, unicode, key) in [
            ("Ann@xn--mller-kva.example", "Ann@müller.example", "ann@xn--mller-kva.example"),
            ("Zoë@example.com", "Zoë@example.com", "zoë@example.com"),
            ("Nobody", "Nobody", "nobody"),
        ] {
            let email = Email::stored(stored.to_owned());
            assert_eq!(email.to_string(), stored);
            assert_eq!((&*email.to_unicode(), &*email.key()), (unicode, key));
        }
    }
}
