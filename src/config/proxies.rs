//! Proxies that are trusted to name the client's address.

use domain::network;
use ipnet::IpNet;
use std::net::IpAddr;
use std::str::FromStr;

/// The header in which proxies name the client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ForwardedHeader {
    /// Either header. A request with both must have the same client in both, because a proxy leaves
    /// the header that it does not write as the client sent it.
    #[default]
    Any,
    /// `X-Forwarded-For`.
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

impl FromStr for ForwardedHeader {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "any" => Ok(Self::Any),
            "x-forwarded-for" => Ok(Self::XForwardedFor),
            "forwarded" => Ok(Self::Forwarded),
            _ => Err("must be x-forwarded-for, forwarded or any".to_owned()),
        }
    }
}

/// The networks of the trusted proxies, and the header that they write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies {
    networks: Vec<IpNet>,
    header: ForwardedHeader,
}

impl TrustedProxies {
    /// Returns the same proxies with this header.
    #[must_use]
    pub fn with_header(self, header: ForwardedHeader) -> Self {
        Self { header, ..self }
    }

    #[must_use]
    pub const fn header(&self) -> ForwardedHeader {
        self.header
    }

    /// Returns whether the address is that of a trusted proxy.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.networks.iter().any(|network| network.contains(&address))
    }

    /// Returns the address of the client behind a trusted proxy that sent the addresses `hops`.
    /// They are read from the end, past further trusted proxies, up to the first untrusted address.
    /// Anyone could have invented the addresses before it. An address that cannot be parsed ends
    /// the search at the address after it.
    #[must_use]
    pub fn client(&self, proxy: IpAddr, hops: &[Option<IpAddr>]) -> IpAddr {
        let mut client = proxy.to_canonical();
        for address in hops.iter().rev() {
            let Some(address) = address else { break };
            client = address.to_canonical();
            if !self.contains(client) {
                break;
            }
        }
        client
    }
}

impl FromStr for TrustedProxies {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        let networks: Option<Vec<IpNet>> = items.map(network::parse).collect();
        let networks = networks.ok_or_else(|| {
            "must be addresses or networks separated by commas, such as 127.0.0.1, 10.0.0.0/8"
                .to_owned()
        })?;
        Ok(Self { networks, header: ForwardedHeader::default() })
    }
}
