//! TLS modes of connections to MySQL servers.
//!
//! By default, the driver uses TLS if the server offers it and verifies no certificate, which does
//! not protect against an attacker in the network. Here a URL without `ssl-mode` means
//! `verify_identity`. Servers on this machine are an exception, because the connection does not
//! leave it.

use domain::network::is_loopback;
use files::trusted::{self, Links};
use sea_orm::sqlx::mysql::MySqlConnectOptions;
use std::path::Path;
use url::Url;

/// Returns the URL with an explicit `ssl-mode`. Texts that are not MySQL URLs stay as they are.
#[must_use]
pub fn with_ssl_mode(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else { return text.to_owned() };
    if url.scheme() != "mysql" || has_mode(&url) {
        return text.to_owned();
    }
    let mode = default_mode(&url);
    url.query_pairs_mut().append_pair("ssl-mode", mode);
    url.into()
}

/// Describes the TLS mode of a URL. Returns `None` if the text is not a MySQL URL.
#[must_use]
pub fn describe(text: &str) -> Option<String> {
    let url = Url::parse(text).ok().filter(|url| url.scheme() == "mysql")?;
    let value = |names: &[&str]| {
        url.query_pairs()
            .find(|(name, _)| names.contains(&&**name))
            .map(|(_, value)| value.to_lowercase())
    };
    let mode = value(&["ssl-mode", "sslmode"]).unwrap_or_else(|| default_mode(&url).to_owned());
    let meaning = match mode.as_str() {
        "disabled" => "without TLS",
        "verify_identity" => "TLS; the certificate and its name are verified",
        "verify_ca" => "TLS; the certificate is verified, but its name is not",
        "required" => "TLS; the certificate is not verified",
        _ => "TLS if the server offers it; the certificate is not verified",
    };
    Some(format!("ssl-mode={mode}: {meaning}"))
}

/// Returns the connection options for the administration of a server. The file of the certificate
/// authority is read here, and only if it is trusted. An admin who sets the URL in the panel must
/// not be able to make the worker read any file of the machine.
///
/// # Errors
/// A message about the mistake in the URL or the file, without the password.
pub fn options(text: &str) -> Result<MySqlConnectOptions, String> {
    let mut url = Url::parse(&with_ssl_mode(text))
        .map_err(|_| "its administration URL cannot be read".to_owned())?;
    let authority =
        url.query_pairs().find(|(name, _)| name == "ssl-ca").map(|(_, value)| value.into_owned());
    let rest: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| name != "ssl-ca")
        .map(|(a, b)| (a.into(), b.into()))
        .collect();
    url.query_pairs_mut().clear().extend_pairs(rest);
    let options: MySqlConnectOptions =
        url.as_str().parse().map_err(|_| "its administration URL cannot be read".to_owned())?;
    let Some(path) = authority else { return Ok(options) };
    let pem = trusted::read(Path::new(&path), Links::Refuse)
        .map_err(|error| format!("its ssl-ca cannot be used: {error}"))?;
    Ok(options.ssl_ca_from_pem(pem.into_bytes()))
}

fn has_mode(url: &Url) -> bool {
    url.query_pairs().any(|(name, _)| matches!(&*name, "ssl-mode" | "sslmode"))
}

fn default_mode(url: &Url) -> &'static str {
    let has = |names: &[&str]| url.query_pairs().any(|(name, _)| names.contains(&&*name));
    let is_local = has(&["socket"]) || url.host_str().is_none_or(is_loopback);
    // A URL that names a certificate authority requests verification.
    if is_local && !has(&["ssl-ca", "sslca"]) { "preferred" } else { "verify_identity" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::sqlx::mysql::MySqlSslMode;

    #[test]
    fn a_server_elsewhere_is_verified_unless_the_url_says_otherwise() {
        for (url, mode) in [
            ("mysql://a:b@db.example/x", MySqlSslMode::VerifyIdentity),
            ("mysql://a:b@10.0.0.7:3306/x", MySqlSslMode::VerifyIdentity),
            ("mysql://a:b@db.example/x?charset=utf8mb4", MySqlSslMode::VerifyIdentity),
            ("mysql://a:b@db.example/x?ssl-mode=disabled", MySqlSslMode::Disabled),
            ("mysql://a:b@db.example/x?sslmode=REQUIRED", MySqlSslMode::Required),
            ("mysql://a:b@127.0.0.1/x", MySqlSslMode::Preferred),
            ("mysql://a:b@localhost/x", MySqlSslMode::Preferred),
            ("mysql://a:b@[::1]/x", MySqlSslMode::Preferred),
            ("mysql://a:b@db.example/x?socket=/run/mysqld/mysqld.sock", MySqlSslMode::Preferred),
            ("mysql://a:b@127.0.0.1/x?ssl-ca=/etc/ca.pem", MySqlSslMode::VerifyIdentity),
        ] {
            let options: MySqlConnectOptions = with_ssl_mode(url).parse().unwrap();
            // `MySqlSslMode` cannot be compared.
            assert_eq!(format!("{:?}", options.get_ssl_mode()), format!("{mode:?}"), "{url}");
            assert!(describe(url).is_some(), "{url}");
        }
        for url in ["postgres://a:b@db.example/x", "sqlite:///x.db", "no url"] {
            assert_eq!((with_ssl_mode(url).as_str(), describe(url)), (url, None));
        }
        assert_eq!(
            describe("mysql://a@db.example/x").unwrap(),
            "ssl-mode=verify_identity: TLS; the certificate and its name are verified"
        );
    }
}
