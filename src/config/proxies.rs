//! Proxies whose word on the client's address is taken.

use ipnet::IpNet;
use std::net::IpAddr;
use std::str::FromStr;

/// The header in which proxies name the client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ForwardedHeader {
    /// Either of the two. Where a request has both, they have to agree: a proxy passes the one that
    /// it does not write itself on as the client sent it.
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

/// The networks of the proxies whose word on the client's address is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies {
    networks: Vec<IpNet>,
    header: ForwardedHeader,
}

impl TrustedProxies {
    /// The same proxies, which write this header.
    #[must_use]
    pub fn writing(self, header: ForwardedHeader) -> Self {
        Self { header, ..self }
    }

    /// The header that they write.
    #[must_use]
    pub const fn header(&self) -> ForwardedHeader {
        self.header
    }

    /// The networks.
    #[must_use]
    pub fn networks(&self) -> &[IpNet] {
        &self.networks
    }

    /// Whether this is one of them.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.networks.iter().any(|network| network.contains(&address))
    }

    /// The address of the client behind a trusted proxy, which was told the addresses before it.
    /// They are read from their end, past further trusted proxies: what stands before those could
    /// be anybody's invention. One that cannot be read ends the walk.
    #[must_use]
    pub fn client(&self, proxy: IpAddr, told: &[Option<IpAddr>]) -> IpAddr {
        let mut client = proxy.to_canonical();
        for address in told.iter().rev() {
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
        let network =
            |item: &str| item.parse::<IpNet>().or_else(|_| item.parse::<IpAddr>().map(IpNet::from));
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        let networks: Result<Vec<IpNet>, _> = items.map(network).collect();
        let networks =
            networks.map_err(|_| "must be addresses or networks with commas between them, such as 127.0.0.1, 10.0.0.0/8".to_owned())?;
        Ok(Self { networks, header: ForwardedHeader::default() })
    }
}
