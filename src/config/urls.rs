//! Settings that are URLs.

use domain::network::is_loopback;
use domain::secret::Secret;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use std::fmt;
use std::net::SocketAddr;
use std::path::Path;
use std::str::FromStr;
use url::Url;

/// The database engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseKind {
    Sqlite,
    /// PostgreSQL and compatible databases.
    Postgres,
    /// MySQL, MariaDB and compatible databases.
    MySql,
}

/// The URL of the database. It is shown without its password.
#[derive(Clone)]
pub struct DatabaseUrl {
    kind: DatabaseKind,
    url: Secret,
}

impl DatabaseUrl {
    /// Returns the URL of a SQLite file.
    #[must_use]
    pub fn sqlite(path: &Path) -> Self {
        // These characters have a special meaning in URLs.
        let path =
            path.display().to_string().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
        Self { kind: DatabaseKind::Sqlite, url: Secret::new(format!("sqlite://{path}")) }
    }

    #[must_use]
    pub const fn kind(&self) -> DatabaseKind {
        self.kind
    }

    /// Returns the file of a SQLite database. `None` for a database in memory, and for other
    /// engines.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        let path = self.url.expose().strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path).split('?').next()?;
        (!path.is_empty() && !path.contains(":memory:")).then(|| Path::new(path))
    }

    /// Returns whether the database is a SQLite file that does not exist. Opening the database
    /// would create it.
    #[must_use]
    pub fn is_missing_file(&self) -> bool {
        self.file().is_some_and(|file| !file.exists())
    }

    /// Returns the whole URL with its password, for the connection only.
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

/// Returns a URL without its password, and without its query, which can contain one too.
fn redacted(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else { return "…".to_owned() };
    url.set_query(None);
    if url.password().is_some() && url.set_password(Some("***")).is_err() {
        return "…".to_owned();
    }
    url.into()
}

/// The URL of an OpenTelemetry collector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtlpUrl(Url);

impl OtlpUrl {
    /// Returns the URL to which spans are sent.
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
            _ => Err("must be a URL such as http://127.0.0.1:4318, of a collector on this machine or in your own network".to_owned()),
        }
    }
}

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

    /// Describes the server and its use of TLS for people.
    #[must_use]
    pub fn described(&self) -> String {
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
        let form = || {
            "must have the form smtp://host?tls=none, smtp://user:password@host:587?tls=required or smtps://user:password@host (special characters \
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
                _ => return Err("has an unknown value of tls: use none, opportunistic or required (smtps:// is always encrypted)".to_owned()),
            },
            _ => return Err(form()),
        };
        let is_whole = url.has_host() && (url.username().is_empty() || url.password().is_some());
        if !is_whole {
            return Err(form());
        }
        let is_bare = tls == SmtpTls::None && options.is_empty();
        if is_bare && url.password().is_some() && !is_loopback(url.host_str().unwrap_or_default()) {
            return Err(
                "would send a password unencrypted: add ?tls=required, or ?tls=none to allow this"
                    .to_owned(),
            );
        }
        if matches!(tls, SmtpTls::None | SmtpTls::Implicit) {
            url.set_query(None);
        }
        // lettre reads the URL in the same way, so a mistake is reported now instead of with the
        // first email.
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

/// The external URL of the panel: scheme, host and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(Url);

impl PublicUrl {
    /// Returns the URL of an address that the panel listens on. If it listens on all addresses, the
    /// host is `localhost`.
    #[must_use]
    pub fn of(bound: SocketAddr) -> Self {
        let url = if bound.ip().is_unspecified() {
            format!("http://localhost:{}", bound.port())
        } else {
            format!("http://{bound}")
        };
        Self(Url::parse(&url).unwrap_or_else(|_| unreachable!("a socket address is a host")))
    }

    /// Returns whether the panel is reached by HTTPS. If so, cookies are `Secure`, and browsers are
    /// told to use HTTPS only.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Returns the URL of a page, whose path begins with a slash.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{self}{path}")
    }

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
            "must be http:// or https:// with a host and an optional port, and nothing else"
                .to_owned()
        })
    }
}

impl fmt::Display for PublicUrl {
    /// Writes the URL without a slash at the end, as browsers send it in `Origin`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}
