//! TLS modes of connections to PostgreSQL.
//!
//! The driver's default is `prefer`, as in libpq: it verifies no certificate. `clientele doctor`
//! shows the mode, because nothing else does.

use sea_orm::sqlx::postgres::{PgConnectOptions, PgSslMode};
use url::Url;

/// Describes the TLS mode of a URL, or of the variable `PGSSLMODE` if the URL names none. Returns
/// `None` if the text is not a PostgreSQL URL.
#[must_use]
pub fn describe(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    if !matches!(url.scheme(), "postgres" | "postgresql") {
        return None;
    }
    let options: PgConnectOptions = text.parse().ok()?;
    let (mode, meaning) = match options.get_ssl_mode() {
        PgSslMode::Disable => ("disable", "without TLS"),
        // libpq would try TLS if the server refuses other connections. The driver does not.
        PgSslMode::Allow => ("allow", "without TLS"),
        PgSslMode::Prefer => {
            ("prefer", "TLS if the server offers it; the certificate is not verified")
        }
        PgSslMode::Require => ("require", "TLS; the certificate is not verified"),
        PgSslMode::VerifyCa => {
            ("verify-ca", "TLS; the certificate is verified, but its name is not")
        }
        PgSslMode::VerifyFull => ("verify-full", "TLS; the certificate and its name are verified"),
    };
    Some(format!("sslmode={mode}: {meaning}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_is_described_and_the_default_verifies_nothing() {
        for (options, description) in [
            ("", "sslmode=prefer: TLS if the server offers it; the certificate is not verified"),
            ("?sslmode=disable", "sslmode=disable: without TLS"),
            ("?sslmode=allow", "sslmode=allow: without TLS"),
            ("?sslmode=require", "sslmode=require: TLS; the certificate is not verified"),
            (
                "?sslmode=verify-ca",
                "sslmode=verify-ca: TLS; the certificate is verified, but its name is not",
            ),
            (
                "?ssl-mode=verify-full",
                "sslmode=verify-full: TLS; the certificate and its name are verified",
            ),
        ] {
            for scheme in ["postgres", "postgresql"] {
                let url = format!("{scheme}://a:b@db.example/x{options}");
                assert_eq!(describe(&url).as_deref(), Some(description), "{url}");
            }
        }
        for url in ["mysql://a:b@db.example/x", "sqlite:///x.db", "no url"] {
            assert_eq!(describe(url), None, "{url}");
        }
    }
}
