//! Checks the addresses of webhooks. A webhook must not reach hosts of the provider's private
//! networks, unless the settings allow it. The host name is therefore resolved first, the addresses
//! are checked, and the request connects to exactly these addresses.

use domain::network::is_public;
use std::net::{IpAddr, SocketAddr};
use url::{Host, Url};

/// The reason why a request is not sent to a URL.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum AddressError {
    #[error("The host name of the endpoint cannot be resolved")]
    Unknown,
    #[error(
        "The address {0} of the endpoint is not on the public internet. A server admin can allow such addresses in the settings"
    )]
    Private(IpAddr),
}

/// Resolves the host of a URL and returns the addresses that are allowed.
pub(super) async fn resolve(
    url: &Url,
    allow_private: bool,
) -> Result<Vec<SocketAddr>, AddressError> {
    let port = url.port_or_known_default().unwrap_or(443);
    let found: Vec<SocketAddr> = match url.host() {
        Some(Host::Ipv4(address)) => vec![(IpAddr::from(address), port).into()],
        Some(Host::Ipv6(address)) => vec![(IpAddr::from(address), port).into()],
        Some(Host::Domain(name)) => tokio::net::lookup_host((name, port))
            .await
            .map_err(|_| AddressError::Unknown)?
            .collect(),
        None => Vec::new(),
    };
    let first = found.first().ok_or(AddressError::Unknown)?.ip();
    let allowed: Vec<SocketAddr> =
        found.into_iter().filter(|address| allow_private || is_public(address.ip())).collect();
    if allowed.is_empty() { Err(AddressError::Private(first)) } else { Ok(allowed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn private_addresses_are_refused_in_every_notation() {
        for text in [
            "http://localhost:1/",
            "http://127.0.0.1:1/",
            "http://[::1]:1/",
            "http://2130706433/",
            "http://0x7f.1/",
        ] {
            let url = Url::parse(text).unwrap();
            assert!(matches!(resolve(&url, false).await, Err(AddressError::Private(_))), "{text}");
            assert!(
                resolve(&url, true).await.unwrap().iter().all(|address| address.ip().is_loopback()),
                "{text}"
            );
        }
        assert_eq!(
            resolve(&Url::parse("http://no-such-host.invalid/").unwrap(), true).await,
            Err(AddressError::Unknown)
        );
    }
}
