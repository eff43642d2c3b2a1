//! What settings can be.

use crate::domain::secret::Secret;
use ipnet::IpNet;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::path::Path;
use std::str::FromStr;
use tracing_subscriber::EnvFilter;
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
        let path = path.display().to_string().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
        Self { kind: DatabaseKind::Sqlite, url: Secret::new(format!("sqlite://{path}")) }
    }

    /// Which database it is.
    #[must_use]
    pub const fn kind(&self) -> DatabaseKind {
        self.kind
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
            return Err("must name a host and a database, such as postgres://user:password@host/clientele".to_owned());
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

/// The mail server. Shown without its password.
#[derive(Clone)]
pub struct SmtpUrl(Secret);

impl SmtpUrl {
    /// The whole URL, for the connection only.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl FromStr for SmtpUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // The mailer reads it the same way, so that a mistake is found now and not with the first mail.
        match AsyncSmtpTransport::<Tokio1Executor>::from_url(text) {
            Ok(_) if Url::parse(text).is_ok_and(|url| url.has_host() && (url.username().is_empty() || url.password().is_some())) => {
                Ok(Self(Secret::new(text)))
            }
            _ => Err("must be like smtp://host, smtps://user:password@host or smtp://user:password@host:587?tls=required \
                      (special characters in user and password written as %XX)"
                .to_owned()),
        }
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

/// Address and port to listen on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListenAddr {
    host: String,
    port: u16,
}

impl ListenAddr {
    /// The port; 0 takes a free one.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }
}

impl Default for ListenAddr {
    fn default() -> Self {
        Self { host: "127.0.0.1".to_owned(), port: 8080 }
    }
}

impl FromStr for ListenAddr {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(address) = text.parse::<SocketAddr>() {
            return Ok(Self { host: address.ip().to_string(), port: address.port() });
        }
        let is_name = |host: &str| !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
        let parts = text.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?)));
        match parts {
            // Numbers that are no address must not become a name that nobody can resolve.
            Some((host, port)) if is_name(host) && host.contains(|c: char| c.is_ascii_alphabetic()) => {
                Ok(Self { host: host.to_owned(), port })
            }
            _ => Err("must be an address and a port, such as 127.0.0.1:8080 or [::]:8080".to_owned()),
        }
    }
}

impl fmt::Display for ListenAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') { write!(f, "[{}]:{}", self.host, self.port) } else { write!(f, "{}:{}", self.host, self.port) }
    }
}

impl ToSocketAddrs for ListenAddr {
    type Iter = std::vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> io::Result<Self::Iter> {
        (self.host.as_str(), self.port).to_socket_addrs()
    }
}

/// How the panel is reached from outside: scheme, host and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(Url);

impl PublicUrl {
    /// Of an address that is listened on; where that is every address, this machine's name for itself.
    #[must_use]
    pub fn of(bound: SocketAddr) -> Self {
        let url = if bound.ip().is_unspecified() { format!("http://localhost:{}", bound.port()) } else { format!("http://{bound}") };
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
        url.map(Self).ok_or_else(|| "must be http:// or https:// with a host, and a port if need be, and nothing more".to_owned())
    }
}

impl fmt::Display for PublicUrl {
    /// Without a slash at the end, as browsers send it in `Origin`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

/// What is logged: a level, or levels by module as `RUST_LOG` has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFilter(String);

impl LogFilter {
    /// The filter as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for LogFilter {
    fn default() -> Self {
        Self("info".to_owned())
    }
}

impl FromStr for LogFilter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match EnvFilter::try_new(text) {
            Ok(_) => Ok(Self(text.to_owned())),
            Err(_) => Err("must be a level (error, warn, info, debug, trace) or a list such as info,clientele=debug".to_owned()),
        }
    }
}

/// How it is logged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Pretty,
    /// One JSON object a line, for machines.
    Json,
}

impl FromStr for LogFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "pretty" => Ok(Self::Pretty),
            "json" => Ok(Self::Json),
            _ => Err("must be pretty or json".to_owned()),
        }
    }
}

/// The networks of the proxies whose word on the caller's address is believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// The networks.
    #[must_use]
    pub fn networks(&self) -> &[IpNet] {
        &self.0
    }

    /// Whether this is one of them.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl FromStr for TrustedProxies {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let network = |item: &str| item.parse::<IpNet>().or_else(|_| item.parse::<IpAddr>().map(IpNet::from));
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        let networks: Result<Vec<IpNet>, _> = items.map(network).collect();
        networks.map(Self).map_err(|_| "must be addresses or networks with commas between them, such as 127.0.0.1, 10.0.0.0/8".to_owned())
    }
}
