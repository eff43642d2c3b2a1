//! What may be said of accounts on MySQL servers.

use super::fault::{Code, Fault};
use super::id::{CustomerId, MysqlServerId};
use super::request::{Kind, Parameter};
use super::secret::Secret;
use super::text;
use serde_json::Value;
use std::fmt;
use url::Url;

/// At most so many hosts a server.
const HOSTS: usize = 20;
/// The longest host of an account that every server takes.
const HOST_MAX: usize = 60;

/// A MySQL server that customers may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MysqlServer {
    /// Id; 0 is the default server.
    pub id: MysqlServerId,
    /// Name that people read.
    pub name: String,
    /// Host name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Hosts that customers may connect from.
    pub access_hosts: Vec<AccessHost>,
    /// Whether an administration URL is set, so that customers' accounts are created there.
    pub administered: bool,
}

/// An account that was created on a server for a customer, or was about to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MysqlAccount {
    /// Id of the row.
    pub id: i64,
    /// The customer; they may be deleted by now.
    pub customer: CustomerId,
    /// The server.
    pub server: MysqlServerId,
    /// Name of the account.
    pub name: String,
    /// Host that the account may connect from.
    pub host: String,
}

/// The intended state of a customer's account on a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedAccount {
    /// Name of the account.
    pub name: String,
    /// Whether the account is locked.
    pub locked: bool,
    /// The password hash, sealed; `None` where no password is known.
    pub sealed_password: Option<String>,
    /// The databases that the account can use.
    pub databases: Vec<DatabaseName>,
}

/// From where a customer may connect, as accounts have it: `localhost`, an address, a name, with
/// `%` and `_` as wildcards or a netmask.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccessHost(String);

impl AccessHost {
    /// Reads a host.
    ///
    /// # Errors
    /// `access-host-invalid` (`host`).
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let host = text.to_ascii_lowercase();
        let allowed =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '%' | ':' | '/');
        let good = !host.is_empty()
            && host.len() <= HOST_MAX
            && host.chars().all(allowed)
            && !host.starts_with('-');
        if good {
            Ok(Self(host))
        } else {
            Err(Fault::new(Code::AccessHostInvalid).with("host", text))
        }
    }

    /// Reads several, separated by commas, spaces or line ends; none is `localhost`.
    ///
    /// # Errors
    /// `access-host-invalid` (`host`) and `access-hosts-too-many` (`max`).
    pub fn parse_list(text: &str) -> Result<Vec<Self>, Fault> {
        let parts = text.split([',', ';', ' ', '\t', '\r', '\n']).filter(|part| !part.is_empty());
        let mut hosts = parts.map(Self::parse).collect::<Result<Vec<_>, Fault>>()?;
        hosts.sort();
        hosts.dedup();
        if hosts.len() > HOSTS {
            return Err(Fault::new(Code::AccessHostsTooMany).with("max", HOSTS));
        }
        if hosts.is_empty() {
            hosts.push(Self("localhost".to_owned()));
        }
        Ok(hosts)
    }

    /// The hosts as [`parse_list`](Self::parse_list) reads them.
    #[must_use]
    pub fn list(hosts: &[Self]) -> String {
        hosts.iter().map(Self::as_str).collect::<Vec<_>>().join(", ")
    }

    /// As accounts have it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a connection to a server may ask of TLS.
const SSL_MODES: [&str; 5] = ["disabled", "preferred", "required", "verify_ca", "verify_identity"];

/// How a MySQL server is administered: `mysql://user:password@host:port`.
#[derive(Clone)]
pub struct AdminUrl(Secret);

impl AdminUrl {
    /// Reads a URL. No database may be named, and of options only `ssl-mode` and `ssl-ca`, an
    /// absolute path.
    ///
    /// # Errors
    /// `admin-url-invalid`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let invalid = || Fault::new(Code::AdminUrlInvalid);
        // Parsing leaves line breaks and tabs out without a word.
        text::line(&text.replace(['<', '>'], ""), 1000).map_err(|_| invalid())?;
        let url = Url::parse(text.trim()).map_err(|_| invalid())?;
        let options = url.query_pairs().all(|(name, value)| match &*name {
            "ssl-mode" => SSL_MODES.contains(&value.to_ascii_lowercase().as_str()),
            "ssl-ca" => value.starts_with('/'),
            _ => false,
        });
        let whole = url.scheme() == "mysql"
            && url.has_host()
            && !url.username().is_empty()
            && matches!(url.path(), "" | "/");
        if whole && options && url.fragment().is_none() && text.len() <= 1000 {
            Ok(Self(Secret::new(text.trim())))
        } else {
            Err(invalid())
        }
    }

    /// The whole URL, for the connection only.
    #[must_use]
    pub const fn secret(&self) -> &Secret {
        &self.0
    }
}

/// The URL by which a server is administered; a blank one is none.
impl Parameter for AdminUrl {
    const KIND: Kind = Kind::Secret;

    fn read(value: Value) -> Result<Option<Self>, Fault> {
        match Secret::read(value)? {
            Some(url) if !text::is_blank(url.expose()) => Self::parse(url.expose()).map(Some),
            _ => Ok(None),
        }
    }
}

impl fmt::Debug for AdminUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AdminUrl(…)")
    }
}

/// Schemas of the server itself: no customer's, whatever a table says.
const OF_SERVER: [&str; 4] = ["information_schema", "mysql", "performance_schema", "sys"];

/// The name of a customer's database.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DatabaseName(String);

impl DatabaseName {
    /// The name, unless it can be none of a customer's.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bad = |c: char| c.is_control() || matches!(c, '`' | '\\' | '/' | '.');
        let foreign = OF_SERVER.contains(&text.to_lowercase().as_str());
        (!text.is_empty() && text.chars().count() <= 64 && !foreign && !text.contains(bad))
            .then(|| Self(text.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        let list = |text: &str| {
            AccessHost::parse_list(text)
                .map(|hosts| AccessHost::list(&hosts))
                .map_err(|fault| fault.code.as_str())
        };
        assert_eq!(list(""), Ok("localhost".to_owned()));
        assert_eq!(
            list("Web1.Example.com, 192.0.2.%\n2001:db8::1 web1.example.com"),
            Ok("192.0.2.%, 2001:db8::1, web1.example.com".to_owned())
        );
        assert_eq!(list("192.0.2.0/255.255.255.0"), Ok("192.0.2.0/255.255.255.0".to_owned()));
        for bad in ["a'b", "a\\b", "a`", "ü", "a\0", "-x", "a@b", "\"", "a;b'"] {
            assert_eq!(list(bad), Err("access-host-invalid"), "{bad:?}");
        }
        let many: Vec<String> = (0..21).map(|n| format!("h{n}")).collect();
        assert_eq!(list(&many.join(" ")), Err("access-hosts-too-many"));
    }

    #[test]
    fn urls_are_for_servers_and_never_shown() {
        for good in [
            "mysql://root:pw@db.example:3306",
            "mysql://root@localhost/",
            "mysql://a:b%40@[::1]:3307?ssl-mode=REQUIRED",
        ] {
            let url = AdminUrl::parse(good).unwrap();
            assert_eq!(url.secret().expose(), good);
            assert_eq!(format!("{url:?}"), "AdminUrl(…)");
        }
        for bad in [
            "",
            "mysql://host",
            "postgres://a:b@c",
            "mysql://a:b@c/mysql",
            "mysql://a:b@c?socket=/x",
            "mysql:///x",
            "a b",
            "mysql://a@c#x",
            "mysql://a@c?ssl-mode=x",
            "mysql://a@c?ssl-ca=x",
        ] {
            assert_eq!(
                AdminUrl::parse(bad).unwrap_err().code.as_str(),
                "admin-url-invalid",
                "{bad}"
            );
        }
    }

    #[test]
    fn schemas_of_the_server_are_nobodys() {
        for bad in [
            "",
            "mysql",
            "MySQL",
            "sys",
            "information_schema",
            "performance_schema",
            "a`b",
            "a\0",
            "a/b",
            "a.b",
            "a\\",
            &"x".repeat(65),
        ] {
            assert_eq!(DatabaseName::parse(bad), None, "{bad:?}");
        }
        for good in ["web1sql1", "shop_2", "mysql1", "Größe%", "x'y"] {
            assert_eq!(DatabaseName::parse(good).unwrap().as_str(), good);
        }
    }
}
