//! IP addresses and networks, and which of them are not on the public internet.

use ipnet::{IpNet, Ipv4Net};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::LazyLock;
use url::{Host, Url};

/// The networks of the IANA special-purpose address registries for IPv4 and IPv6, multicast, and
/// formerly reserved networks (site-local and IPv4-compatible addresses). Some of them are
/// reachable, such as the servers of AS112, but none has endpoints for webhooks. The second value
/// is the purpose.
pub const SPECIAL_NETWORKS: [(&str, &str); 43] = [
    ("0.0.0.0/8", "this network"),
    ("10.0.0.0/8", "private use"),
    ("100.64.0.0/10", "shared address space"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private use"),
    ("192.0.0.0/24", "protocol assignments"),
    ("192.0.2.0/24", "documentation"),
    ("192.31.196.0/24", "AS112"),
    ("192.52.193.0/24", "multicast tunnels (AMT)"),
    ("192.88.99.0/24", "6to4 relays"),
    ("192.168.0.0/16", "private use"),
    ("192.175.48.0/24", "AS112"),
    ("198.18.0.0/15", "benchmarking"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
    ("255.255.255.255/32", "broadcast"),
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("::/96", "IPv4-compatible"),
    ("::ffff:0:0/96", "IPv4-mapped"),
    ("::ffff:0:0:0/96", "IPv4-translated"),
    ("64:ff9b::/96", "IPv4/IPv6 translation (NAT64)"),
    ("64:ff9b:1::/48", "IPv4/IPv6 translation (NAT64)"),
    ("100::/64", "discard only"),
    ("100:0:0:1::/64", "dummy prefix"),
    ("2001::/23", "protocol assignments"),
    ("2001::/32", "Teredo"),
    ("2001:2::/48", "benchmarking"),
    ("2001:10::/28", "ORCHID"),
    ("2001:20::/28", "ORCHIDv2"),
    ("2001:30::/28", "drone identifiers"),
    ("2001:db8::/32", "documentation"),
    ("2002::/16", "6to4"),
    ("2620:4f:8000::/48", "AS112"),
    ("3fff::/20", "documentation"),
    ("5f00::/16", "segment routing"),
    ("fc00::/7", "unique local"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "site-local"),
    ("ff00::/8", "multicast"),
];

static NETWORKS: LazyLock<Vec<IpNet>> = LazyLock::new(|| {
    SPECIAL_NETWORKS.iter().filter_map(|(network, _)| network.parse().ok()).collect()
});

/// Parses an address or a CIDR network. Bits after the prefix are cleared.
///
/// Callers compare canonical addresses, so a network of IPv4-mapped addresses
/// (`::ffff:10.0.0.0/104`) becomes the IPv4 network.
#[must_use]
pub fn parse(text: &str) -> Option<IpNet> {
    let network: IpNet =
        text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))?;
    Some(canonical(network).trunc())
}

fn canonical(network: IpNet) -> IpNet {
    let IpNet::V6(v6) = network else { return network };
    let mapped = v6.addr().to_ipv4_mapped().zip(v6.prefix_len().checked_sub(96));
    mapped
        .and_then(|(address, length)| Ipv4Net::new(address, length).ok())
        .map_or(network, IpNet::from)
}

/// Whether the address is on the public internet. An IPv4-mapped address counts as its IPv4
/// address, to which the system connects. All other IPv6 addresses that contain an IPv4 address are
/// not public.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    let address = address.to_canonical();
    !NETWORKS.iter().any(|network| network.contains(&address))
}

/// Returns the address in a URL, if it is not on the public internet. Returns `None` for host
/// names, except `localhost` and the names below it, which always mean this machine.
#[must_use]
pub fn private_literal(url: &Url) -> Option<IpAddr> {
    let address = match url.host()? {
        Host::Ipv4(address) => IpAddr::from(address),
        Host::Ipv6(address) => IpAddr::from(address),
        Host::Domain(name) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let is_local = name == "localhost" || name.ends_with(".localhost");
            return is_local.then_some(IpAddr::V4(Ipv4Addr::LOCALHOST));
        }
    };
    (!is_public(address)).then_some(address)
}

/// Whether a host, as written in URLs, is this machine. Nobody can intercept a connection to it.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']).trim_end_matches('.').to_ascii_lowercase();
    let address = host.parse::<IpAddr>().map(|address| address.to_canonical());
    address.is_ok_and(|address| address.is_loopback())
        || host == "localhost"
        || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_network_of_the_table_counts_from_its_first_address_to_its_last() {
        assert_eq!(NETWORKS.len(), SPECIAL_NETWORKS.len(), "every entry is a network");
        for (network, what) in SPECIAL_NETWORKS {
            let parsed: IpNet = network.parse().unwrap();
            assert_eq!(parsed.to_string(), parsed.trunc().to_string(), "{network}");
            // An IPv4-mapped address counts as its IPv4 address.
            if what == "IPv4-mapped" {
                continue;
            }
            for address in [parsed.network(), parsed.broadcast()] {
                assert!(!is_public(address), "{address} of {network} ({what})");
            }
        }
    }

    #[test]
    fn public_and_other_addresses_are_distinguished() {
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
            "192.0.0.170",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "::ffff:0:127.0.0.1",
            "::ffff:0:8.8.8.8",
            "64:ff9b::7f00:1",
            "64:ff9b::8.8.8.8",
            "64:ff9b:1::a00:1",
            "2002:7f00:1::",
            "2002:808:808::1",
            "2001:0:53aa:64c:0:0:80ff:fffe",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "2001:db8::1",
            "100:0:0:1::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "126.255.255.255",
            "128.0.0.1",
            "172.15.255.255",
            "172.32.0.1",
            "192.169.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "198.17.255.255",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:1.1.1.1",
            "2606:4700::1111",
            "2a00::1",
            "2001:200::1",
            "2003::1",
            "64:ff9c::1",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn addresses_are_recognized_in_every_notation_of_browsers() {
        let private = |text: &str| private_literal(&Url::parse(text).unwrap()).is_some();
        for text in [
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://017700000001/",
            "https://[::1]:1/",
            "http://[::ffff:10.0.0.1]/",
            "http://localhost:8080/",
            "http://LOCALHOST./",
            "http://db.localhost/",
            "http://169.254.169.254/latest/meta-data",
        ] {
            assert!(private(text), "{text}");
        }
        for text in [
            "https://hooks.example.com/",
            "https://1.1.1.1/",
            "https://localhost.example.com/",
            "https://[2606:4700::1111]/",
        ] {
            assert!(!private(text), "{text}");
        }
    }

    #[test]
    fn the_address_of_a_url_is_returned_unless_it_is_public() {
        for (url, address) in [
            ("http://10.0.0.1/", Some("10.0.0.1")),
            ("http://[fd00::1]/", Some("fd00::1")),
            ("http://[::ffff:10.0.0.1]/", Some("::ffff:10.0.0.1")),
            ("http://db.localhost/", Some("127.0.0.1")),
            ("http://notlocalhost/", None),
            ("http://1.1.1.1/", None),
            ("mailto:ann@example.com", None),
        ] {
            assert_eq!(
                private_literal(&Url::parse(url).unwrap()),
                address.map(|address| address.parse().unwrap()),
                "{url}"
            );
        }
    }

    #[test]
    fn this_machine_has_several_names() {
        for (host, expected) in [
            ("127.0.0.2", true),
            ("[::1]", true),
            ("::1", true),
            ("[::ffff:127.0.0.1]", true),
            ("LocalHost.", true),
            ("db.localhost", true),
            ("10.0.0.1", false),
            ("[::2]", false),
            ("db", false),
            ("notlocalhost", false),
            ("localhost.example.com", false),
            ("", false),
        ] {
            assert_eq!(is_loopback(host), expected, "{host:?}");
        }
    }

    #[test]
    fn networks_are_parsed_without_the_bits_behind_the_prefix() {
        for (text, network) in [
            ("192.0.2.1", Some("192.0.2.1/32")),
            ("192.0.2.1/24", Some("192.0.2.0/24")),
            ("2001:db8::1", Some("2001:db8::1/128")),
            ("2001:db8::1/32", Some("2001:db8::/32")),
            ("::ffff:10.1.2.3", Some("10.1.2.3/32")),
            ("::ffff:10.1.2.3/104", Some("10.0.0.0/8")),
            ("::ffff:10.1.2.3/96", Some("0.0.0.0/0")),
            ("::ffff:10.1.2.3/95", Some("::fffe:0:0/95")),
            ("::/0", Some("::/0")),
            ("192.0.2.1/33", None),
            ("localhost", None),
            ("", None),
        ] {
            assert_eq!(
                parse(text).map(|network| network.to_string()).as_deref(),
                network,
                "{text}"
            );
        }
    }
}
