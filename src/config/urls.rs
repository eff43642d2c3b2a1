//! Settings that are URLs.

use domain::secret::Secret;
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

/// Returns a URL with its password masked, and without its query, which can contain one, too.
/// Returns `…` for a text that is no URL.
pub(super) fn redacted(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else { return "…".to_owned() };
    url.set_query(None);
    if url.password().is_some() && url.set_password(Some("***")).is_err() {
        return "…".to_owned();
    }
    url.into()
}

/// The URL of an OpenTelemetry collector. Its scheme is `http`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtlpUrl(Url);

impl OtlpUrl {
    /// Returns the URL to which spans are sent.
    #[must_use]
    pub fn traces_url(&self) -> String {
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
