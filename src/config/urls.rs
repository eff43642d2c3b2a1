//! URLs among the settings.

use domain::network::is_loopback;
use domain::secret::Secret;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::str::FromStr;
use url::Url;

/// The kinds of databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseKind {
    /// SQLite, in a file.
    Sqlite,
    /// PostgreSQL, and what speaks like it.
    Postgres,
    /// MySQL, MariaDB, and what speaks like them.
    MySql,
}

/// Where the database is. Shown without its password.
#[derive(Clone)]
pub struct DatabaseUrl {
    kind: DatabaseKind,
    url: Secret,
}

impl DatabaseUrl {
    /// A SQLite file.
    #[must_use]
    pub fn sqlite(path: &Path) -> Self {
        // These have a meaning of their own in a URL.
        let path =
            path.display().to_string().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
        Self { kind: DatabaseKind::Sqlite, url: Secret::new(format!("sqlite://{path}")) }
    }

    /// Which database it is.
    #[must_use]
    pub const fn kind(&self) -> DatabaseKind {
        self.kind
    }

    /// The file of a SQLite database; none where it lies in memory.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        let path = self.url.expose().strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path).split('?').next()?;
        (!path.is_empty() && !path.contains(":memory:")).then(|| Path::new(path))
    }

    /// The whole URL, for the connection only.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.url.expose()
    }
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let kind = match text.split_once(':').unwrap_or_default() {
            ("sqlite", "" | "//") | ("", _) => None,
            ("sqlite", _) => Some(DatabaseKind::Sqlite),
            ("postgres" | "postgresql", _) => Some(DatabaseKind::Postgres),
            ("mysql", _) => Some(DatabaseKind::MySql),
            _ => None,
        };
        let kind = kind.ok_or("must begin with sqlite://, postgres:// or mysql://")?;
        let names_database = |url: Url| url.has_host() && url.path().len() > 1;
        if kind != DatabaseKind::Sqlite && !Url::parse(text).is_ok_and(names_database) {
            return Err(
                "must name a host and a database, such as postgres://user:password@host/clientele"
                    .to_owned(),
            );
        }
        Ok(Self { kind, url: Secret::new(text) })
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            DatabaseKind::Sqlite => f.write_str(self.expose()),
            DatabaseKind::Postgres | DatabaseKind::MySql => f.write_str(&redacted(self.expose())),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

/// A URL without its password, and without its query, which can hold one too.
fn redacted(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else { return "…".to_owned() };
    url.set_query(None);
    if url.password().is_some() && url.set_password(Some("***")).is_err() {
        return "…".to_owned();
    }
    url.into()
}

/// An OpenTelemetry collector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtlpUrl(Url);

impl OtlpUrl {
    /// Where spans go.
    #[must_use]
    pub fn traces(&self) -> String {
        format!("{}/v1/traces", self.0.as_str().trim_end_matches('/'))
    }
}

impl FromStr for OtlpUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match Url::parse(text) {
            Ok(url) if url.scheme() == "http" && url.has_host() && url.username().is_empty() && url.query().is_none() => Ok(Self(url)),
            _ => Err("must be like http://127.0.0.1:4318: a collector on this machine or a network of yours".to_owned()),
        }
    }
}

/// What TLS is asked of the mail server. Wherever it is used, the certificate is verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpTls {
    /// None.
    None,
    /// STARTTLS, where the server offers it; a certificate that is not good is refused all the
    /// same.
    Opportunistic,
    /// STARTTLS, or no mail leaves.
    Required,
    /// From the first byte (`smtps://`).
    Implicit,
}

/// The mail server. Shown without its password.
#[derive(Clone)]
pub struct SmtpUrl {
    url: Secret,
    tls: SmtpTls,
}

impl SmtpUrl {
    /// The whole URL, for the connection only.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.url.expose()
    }

    /// Which TLS is used.
    #[must_use]
    pub const fn tls(&self) -> SmtpTls {
        self.tls
    }

    /// The server and its TLS, for people.
    #[must_use]
    pub fn described(&self) -> String {
        let tls = match self.tls {
            SmtpTls::None => "without TLS",
            SmtpTls::Opportunistic => {
                "STARTTLS where the server offers it, the certificate is verified"
            }
            SmtpTls::Required => "STARTTLS is required, the certificate is verified",
            SmtpTls::Implicit => "TLS, the certificate is verified",
        };
        format!("{self}, {tls}")
    }
}

impl FromStr for SmtpUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = || {
            "must be like smtp://host?tls=none, smtp://user:password@host:587?tls=required or smtps://user:password@host (special characters \
             in user and password written as %XX)"
                .to_owned()
        };
        let mut url = Url::parse(text).map_err(|_| form())?;
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
                _ => return Err("has a tls other than none, opportunistic or required (smtps:// is always encrypted)".to_owned()),
            },
            _ => return Err(form()),
        };
        let is_whole = url.has_host() && (url.username().is_empty() || url.password().is_some());
        if !is_whole {
            return Err(form());
        }
        let is_bare = tls == SmtpTls::None && options.is_empty();
        if is_bare && url.password().is_some() && !is_loopback(url.host_str().unwrap_or_default()) {
            return Err("would send a password in the clear: add ?tls=required, or ?tls=none if that is meant".to_owned());
        }
        if matches!(tls, SmtpTls::None | SmtpTls::Implicit) {
            url.set_query(None);
        }
        // The mailer reads it the same way, so that a mistake is found now and not with the first
        // mail.
        AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str()).map_err(|_| form())?;
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

/// How the panel is reached from outside: scheme, host and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(Url);

impl PublicUrl {
    /// Of an address that is listened on; where that is every address, this machine's name for
    /// itself.
    #[must_use]
    pub fn of(bound: SocketAddr) -> Self {
        let url = if bound.ip().is_unspecified() {
            format!("http://localhost:{}", bound.port())
        } else {
            format!("http://{bound}")
        };
        Self(Url::parse(&url).unwrap_or_else(|_| unreachable!("an address makes a URL")))
    }

    /// Whether cookies travel only encrypted, and browsers are told to come back only so.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The address of a page, given its path with the leading slash.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{self}{path}")
    }

    /// The name of the host.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_origin = |url: &Url| {
            matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && url.path() == "/"
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none()
        };
        let url = Url::parse(text).ok().filter(is_origin);
        url.map(Self).ok_or_else(|| {
            "must be http:// or https:// with a host, and a port if need be, and nothing more"
                .to_owned()
        })
    }
}

impl fmt::Display for PublicUrl {
    /// Without a slash at the end, as browsers send it in `Origin`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}
