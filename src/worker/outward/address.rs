//! Where a webhook may lead. Whoever may set one must not reach with it what only this machine reaches: the addresses are
//! looked up first, checked, and these very addresses are connected to.

use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};
use std::sync::LazyLock;
use url::{Host, Url};

/// Networks that are not the public internet.
static PRIVATE: LazyLock<Vec<IpNet>> = LazyLock::new(|| {
    let all = [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",
        // Through these, addresses of version 4 are reached, whichever they are.
        "::ffff:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/23",
        "100::/64",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    ];
    all.iter().filter_map(|network| network.parse().ok()).collect()
});

/// Whether it is an address of the public internet.
pub(super) fn is_public(address: IpAddr) -> bool {
    let address = address.to_canonical();
    !PRIVATE.iter().any(|network| network.contains(&address))
}

/// Why nothing is sent there.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum AddressError {
    #[error("The name of the receiver's host cannot be looked up")]
    Unknown,
    #[error("The receiver is at {0}, which is not on the public internet; the settings decide whether such receivers are allowed")]
    Private(IpAddr),
}

/// The addresses of the host of a URL, as far as they are allowed.
pub(super) async fn of(url: &Url, allow_private: bool) -> Result<Vec<SocketAddr>, AddressError> {
    let port = url.port_or_known_default().unwrap_or(443);
    let found: Vec<SocketAddr> = match url.host() {
        Some(Host::Ipv4(address)) => vec![(IpAddr::from(address), port).into()],
        Some(Host::Ipv6(address)) => vec![(IpAddr::from(address), port).into()],
        Some(Host::Domain(name)) => tokio::net::lookup_host((name, port)).await.map_err(|_| AddressError::Unknown)?.collect(),
        None => Vec::new(),
    };
    let first = found.first().ok_or(AddressError::Unknown)?.ip();
    let allowed: Vec<SocketAddr> = found.into_iter().filter(|address| allow_private || is_public(address.ip())).collect();
    if allowed.is_empty() { Err(AddressError::Private(first)) } else { Ok(allowed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_public_is_known() {
        for address in [
            "0.0.0.0",
            "127.0.0.1",
            "127.9.9.9",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "2001:db8::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in ["1.1.1.1", "172.32.0.1", "192.169.0.1", "100.128.0.1", "::ffff:1.1.1.1", "2606:4700::1111", "2a00::1"] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[tokio::test]
    async fn names_are_looked_up_before_they_are_judged() {
        for text in ["http://localhost:1/", "http://127.0.0.1:1/", "http://[::1]:1/", "http://2130706433/", "http://0x7f.1/"] {
            let url = Url::parse(text).unwrap();
            assert!(matches!(of(&url, false).await, Err(AddressError::Private(_))), "{text}");
            assert!(of(&url, true).await.unwrap().iter().all(|address| address.ip().is_loopback()), "{text}");
        }
        assert_eq!(of(&Url::parse("http://no-such-host.invalid/").unwrap(), true).await, Err(AddressError::Unknown));
    }
}
