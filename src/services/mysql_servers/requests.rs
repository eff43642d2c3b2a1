//! Requests about MySQL servers.

use domain::mysql::{AccessHost, AdminUrl};
use domain::request::{Parameter, ParameterType, Received, request, text_of, text_types};
use domain::text;
use domain::validation::{Argument, ErrorCode, FieldErrors, ValidationError};
use serde_json::Value;
use std::net::IpAddr;

/// Maximum length of a host name in the domain name system.
const HOST_MAX: usize = 253;
const DEFAULT_PORT: u16 = 3306;

/// A MySQL server as sent in a request.
#[derive(Clone, Debug)]
pub struct MysqlServerInput {
    /// Display name.
    pub name: String,
    /// Host name or IP address.
    pub host: String,
    pub port: u16,
    /// Hosts from which customers may connect.
    pub access_hosts: Vec<AccessHost>,
    /// Change of the administration URL.
    pub admin_url: AdminUrlChange,
}

/// A change of a server's administration URL.
#[derive(Clone, Debug)]
pub enum AdminUrlChange {
    Keep,
    /// Sets or replaces the URL.
    Set(AdminUrl),
    /// Removes the URL. Existing accounts on the server are not changed.
    Remove,
}

text_types! {
    /// Display name of a server.
    ServerName = name;
    /// Host name or IP address of a server.
    Host = host;
}

/// A TCP port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port(u16);

impl Parameter for Port {
    const KIND: ParameterType = ParameterType::Integer;

    fn read(value: Value) -> Result<Option<Self>, ValidationError> {
        port(&text_of(value)?).map(Self).map(Some)
    }
}

/// Hosts from which customers may connect.
#[derive(Clone, Debug, Default)]
pub struct AccessHosts(Vec<AccessHost>);

impl Parameter for AccessHosts {
    const KIND: ParameterType = ParameterType::Text;

    fn read(value: Value) -> Result<Option<Self>, ValidationError> {
        AccessHost::parse_list(&text_of(value)?).map(Self).map(Some)
    }
}

request! {
    /// The form of a MySQL server.
    pub struct SaveMysqlServer {
        required {
            /// Display name
            name: ServerName,
            /// Host name or IP address
            host: Host,
        }
        /// TCP port
        port: Port,
        /// Hosts from which customers may connect
        access_hosts: AccessHosts,
        /// New administration URL
        admin_url: AdminUrl,
        /// Remove the administration URL
        admin_url_remove: bool,
    }
}

impl MysqlServerInput {
    /// Returns the validated request.
    ///
    /// # Errors
    /// All validation errors.
    pub fn of(received: Received<SaveMysqlServer>) -> Result<Self, FieldErrors> {
        let SaveMysqlServer { name, host, port, access_hosts, admin_url, admin_url_remove } =
            received.finish()?;
        Ok(Self {
            name: name.or_default().0,
            host: host.or_default().0,
            port: port.value().map_or(DEFAULT_PORT, |port| port.0),
            access_hosts: access_hosts
                .value()
                .map(|hosts| hosts.0)
                .or_else(|| AccessHost::parse_list("").ok())
                .unwrap_or_default(),
            admin_url: match admin_url.value() {
                Some(url) => AdminUrlChange::Set(url),
                None if admin_url_remove.or_default() => AdminUrlChange::Remove,
                None => AdminUrlChange::Keep,
            },
        })
    }
}

fn name(text: &str) -> Result<String, ValidationError> {
    text::required_line(text, 100)
}

/// Validates a host name, an IPv4 address or an IPv6 address (with or without brackets).
fn host(text: &str) -> Result<String, ValidationError> {
    if text::is_blank(text) {
        return Err(ValidationError::new(ErrorCode::Required));
    }
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(address.to_string());
    }
    let invalid = || ValidationError::new(ErrorCode::ServerHostInvalid);
    let host = idna::domain_to_ascii_strict(text).map_err(|_| invalid())?;
    let is_label = |label: &str| {
        let has_valid_characters = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        (1..=63).contains(&label.len())
            && has_valid_characters
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // A text of digits and dots would be an IPv4 address, and those were parsed above.
    let is_numeric = host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if host.len() <= HOST_MAX && !is_numeric && host.split('.').all(is_label) {
        Ok(host)
    } else {
        Err(invalid())
    }
}

fn port(text: &str) -> Result<u16, ValidationError> {
    // Names have no thousands separator, unlike numbers.
    let with_range = |error: ValidationError| {
        error.with("min", Argument::name(1)).with("max", Argument::name(u16::MAX))
    };
    let out_of_range = || with_range(ValidationError::new(ErrorCode::NumberOutOfRange));
    match text {
        "" => Ok(DEFAULT_PORT),
        text if !text.bytes().all(|b| b.is_ascii_digit()) => {
            Err(with_range(ValidationError::new(ErrorCode::NumberInvalid).variant("of-things")))
        }
        text => text.parse().ok().filter(|port| *port > 0).ok_or_else(out_of_range),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_host_names_and_addresses_are_valid_hosts() {
        for (typed, stored) in [
            ("localhost", "localhost"),
            ("DB1.Example.com", "db1.example.com"),
            ("192.0.2.7", "192.0.2.7"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("müller.example", "xn--mller-kva.example"),
        ] {
            assert_eq!(host(typed), Ok(stored.to_owned()));
        }
        for typed in
            ["a b", "-db", "db-", "a..b", "db:3306", "mysql://db", "300.1.1.1", "a_b;", "[::1"]
        {
            assert_eq!(host(typed).unwrap_err().code.as_str(), "server-host-invalid", "{typed}");
        }
    }

    #[test]
    fn only_numbers_from_1_to_65535_are_valid_ports() {
        assert_eq!(port(""), Ok(3306));
        assert_eq!(port("65535"), Ok(65535));
        for typed in ["0", "65536", "99999999999999999999"] {
            assert_eq!(port(typed).unwrap_err().code.as_str(), "number-out-of-range", "{typed}");
        }
        for typed in ["x", "-1", "1.5", "+5"] {
            assert_eq!(port(typed).unwrap_err().code.as_str(), "number-invalid", "{typed}");
        }
    }
}
