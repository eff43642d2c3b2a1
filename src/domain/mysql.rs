//! MySQL servers, and the accounts of customers on them.

use super::id::{CustomerId, MysqlServerId};
use super::request::{Parameter, ParameterType};
use super::secret::Secret;
use super::text;
use super::validation::{ErrorCode, ValidationError};
use serde_json::Value;
use std::fmt;
use url::Url;

/// The maximum number of hosts of one server.
const MAX_HOSTS: usize = 20;
/// The maximum length of an account's host that every server accepts, in bytes.
const HOST_MAX: usize = 60;

/// A MySQL server that customers can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MysqlServer {
    /// 0 is the default server.
    pub id: MysqlServerId,
    /// Display name.
    pub name: String,
    /// Host name or address.
    pub host: String,
    pub port: u16,
    /// Hosts from which customers can connect.
    pub access_hosts: Vec<AccessHost>,
    /// Whether an administration URL is set, so that customers' accounts are created there.
    pub administered: bool,
}

/// An account on a server for a customer. The row is written before the account is created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MysqlAccount {
    pub id: i64,
    /// The customer, who may have been deleted.
    pub customer: CustomerId,
    pub server: MysqlServerId,
    pub name: String,
    /// Host from which the account can connect.
    pub host: String,
}

/// The intended state of a customer's account on a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedAccount {
    pub name: String,
    pub locked: bool,
    /// Password hash, sealed; `None` if no password is known.
    pub sealed_password: Option<String>,
    /// The databases that the account can use.
    pub databases: Vec<DatabaseName>,
}

/// A host from which a customer can connect, as MySQL writes it in accounts: `localhost`, an
/// address or a name, with `%` and `_` as wildcards or with a netmask.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccessHost(String);

impl AccessHost {
    /// Parses a host.
    ///
    /// # Errors
    /// `access-host-invalid` (`host`).
    pub fn parse(text: &str) -> Result<Self, ValidationError> {
        let host = text.to_ascii_lowercase();
        let allowed =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '%' | ':' | '/');
        let is_valid = !host.is_empty()
            && host.len() <= HOST_MAX
            && host.chars().all(allowed)
            && !host.starts_with('-');
        if is_valid {
            Ok(Self(host))
        } else {
            Err(ValidationError::new(ErrorCode::AccessHostInvalid).with("host", text))
        }
    }

    /// Parses hosts, separated by commas, semicolons or whitespace. An empty list becomes
    /// `localhost`.
    ///
    /// # Errors
    /// `access-host-invalid` (`host`) and `access-hosts-too-many` (`max`).
    pub fn parse_list(text: &str) -> Result<Vec<Self>, ValidationError> {
        let parts = text.split([',', ';', ' ', '\t', '\r', '\n']).filter(|part| !part.is_empty());
        let mut hosts = parts.map(Self::parse).collect::<Result<Vec<_>, ValidationError>>()?;
        hosts.sort();
        hosts.dedup();
        if hosts.len() > MAX_HOSTS {
            return Err(ValidationError::new(ErrorCode::AccessHostsTooMany).with("max", MAX_HOSTS));
        }
        if hosts.is_empty() {
            hosts.push(Self("localhost".to_owned()));
        }
        Ok(hosts)
    }

    /// Formats the hosts as [`parse_list`](Self::parse_list) reads them.
    #[must_use]
    pub fn list(hosts: &[Self]) -> String {
        hosts.iter().map(Self::as_str).collect::<Vec<_>>().join(", ")
    }

    /// Returns the host as MySQL writes it in accounts.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The accepted values of the option `ssl-mode`.
const SSL_MODES: [&str; 5] = ["disabled", "preferred", "required", "verify_ca", "verify_identity"];

/// The URL by which Clientele administers a MySQL server: `mysql://user:password@host:port`.
#[derive(Clone)]
pub struct AdminUrl(Secret);

impl AdminUrl {
    /// Parses a URL. It must not name a database. Its only options are `ssl-mode` and `ssl-ca`,
    /// which is an absolute path.
    ///
    /// # Errors
    /// `admin-url-invalid`.
    pub fn parse(text: &str) -> Result<Self, ValidationError> {
        let invalid = || ValidationError::new(ErrorCode::AdminUrlInvalid);
        // `Url::parse` silently removes line breaks and tabs, so they are refused before.
        text::line(&text.replace(['<', '>'], ""), 1000).map_err(|_| invalid())?;
        let url = Url::parse(text.trim()).map_err(|_| invalid())?;
        let options_are_valid = url.query_pairs().all(|(name, value)| match &*name {
            "ssl-mode" => SSL_MODES.contains(&value.to_ascii_lowercase().as_str()),
            "ssl-ca" => value.starts_with('/'),
            _ => false,
        });
        let is_complete = url.scheme() == "mysql"
            && url.has_host()
            && !url.username().is_empty()
            && matches!(url.path(), "" | "/");
        if is_complete && options_are_valid && url.fragment().is_none() && text.len() <= 1000 {
            Ok(Self(Secret::new(text.trim())))
        } else {
            Err(invalid())
        }
    }

    /// Returns the whole URL. Use it only to connect.
    #[must_use]
    pub const fn secret(&self) -> &Secret {
        &self.0
    }
}

/// Reads a URL. A blank text is the same as no value.
impl Parameter for AdminUrl {
    const KIND: ParameterType = ParameterType::Secret;

    fn read(value: Value) -> Result<Option<Self>, ValidationError> {
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

/// Schemas of the server itself. They never belong to a customer.
const SYSTEM_SCHEMAS: [&str; 4] = ["information_schema", "mysql", "performance_schema", "sys"];

/// The name of a customer's database.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DatabaseName(String);

impl DatabaseName {
    /// Returns the name, or `None` if no customer's database can have it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_forbidden = |c: char| c.is_control() || matches!(c, '`' | '\\' | '/' | '.');
        let is_system = SYSTEM_SCHEMAS.contains(&text.to_lowercase().as_str());
        (!text.is_empty()
            && text.chars().count() <= 64
            && !is_system
            && !text.contains(is_forbidden))
        .then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests;
