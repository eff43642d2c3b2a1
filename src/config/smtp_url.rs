//! The URL of the mail server.

use super::urls::redacted;
use domain::network::is_loopback;
use domain::secret::Secret;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use std::fmt;
use std::str::FromStr;
use url::Url;

/// Use of TLS for connections to the mail server. With TLS, the certificate is always verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpTls {
    /// No TLS.
    None,
    /// STARTTLS if the server offers it. An invalid certificate is refused even so.
    Opportunistic,
    /// STARTTLS. Without it, no email is sent.
    Required,
    /// TLS from the first byte (`smtps://`).
    Implicit,
}

/// The URL of the mail server. It is shown without its password.
#[derive(Clone)]
pub struct SmtpUrl {
    url: Secret,
    tls: SmtpTls,
}

impl SmtpUrl {
    /// Returns the whole URL with its password, for the connection only.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.url.expose()
    }

    #[must_use]
    pub const fn tls(&self) -> SmtpTls {
        self.tls
    }

    /// Returns a description of the server and its use of TLS, for people.
    #[must_use]
    pub fn description(&self) -> String {
        let tls = match self.tls {
            SmtpTls::None => "without TLS",
            SmtpTls::Opportunistic => {
                "STARTTLS if the server offers it; the certificate is verified"
            }
            SmtpTls::Required => "STARTTLS is required; the certificate is verified",
            SmtpTls::Implicit => "TLS; the certificate is verified",
        };
        format!("{self}, {tls}")
    }
}

impl FromStr for SmtpUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong_form = || {
            "must have the form smtp://host?tls=none, smtp://user:password@host:587?tls=required or smtps://user:password@host (special characters \
             in user and password written as %XX)"
                .to_owned()
        };
        let mut url = Url::parse(text).map_err(|_| wrong_form())?;
        let options: Vec<(String, String)> = url
            .query_pairs()
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        let tls = match (url.scheme(), options.as_slice()) {
            ("smtps", []) => SmtpTls::Implicit,
            ("smtp", []) => SmtpTls::None,
            ("smtp" | "smtps", [(name, value)]) if name == "tls" => match (url.scheme(), value.as_str()) {
                ("smtp", "none") => SmtpTls::None,
                ("smtp", "opportunistic") => SmtpTls::Opportunistic,
                ("smtp", "required") => SmtpTls::Required,
                ("smtps", "required") => SmtpTls::Implicit,
                _ => return Err("has an unknown value of tls: use none, opportunistic or required (smtps:// is always encrypted)".to_owned()),
            },
            _ => return Err(wrong_form()),
        };
        let is_whole = url.has_host() && (url.username().is_empty() || url.password().is_some());
        if !is_whole {
            return Err(wrong_form());
        }
        let tls_is_unset = tls == SmtpTls::None && options.is_empty();
        if tls_is_unset
            && url.password().is_some()
            && !is_loopback(url.host_str().unwrap_or_default())
        {
            return Err(
                "would send a password unencrypted: add ?tls=required, or ?tls=none to allow this"
                    .to_owned(),
            );
        }
        if matches!(tls, SmtpTls::None | SmtpTls::Implicit) {
            url.set_query(None);
        }
        // The mail transport parses the URL with the same function, so a mistake is reported now
        // instead of with the first email.
        AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str()).map_err(|_| wrong_form())?;
        Ok(Self { url: Secret::new(String::from(url)), tls })
    }
}

impl fmt::Display for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redacted(self.expose()))
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpUrl({self})")
    }
}
