//! API keys. The types hold no secret: it is shown once, when the key is created, and stored as a
//! digest.

use super::id::{ApiKeyId, LoginId};
use super::network;
use super::request::{Parameter, ParameterType, text_of};
use super::validation::{ErrorCode, ValidationError};
use ipnet::IpNet;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde_json::Value;
use std::fmt;
use std::net::IpAddr;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    pub id: ApiKeyId,
    /// The owner's account. The key is deleted with it.
    pub login: LoginId,
    /// The user name that clients send.
    pub key: String,
    pub created_at: Timestamp,
    /// Time of the last use, to the minute.
    pub last_used_at: Option<Timestamp>,
    pub settings: ApiKeySettings,
}

/// The properties of a key that its owner sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiKeySettings {
    /// Purpose of the key; may be empty.
    pub label: String,
    /// Networks that the key can be used from.
    pub allowed_from: AllowedFrom,
    /// Whether the key can only read.
    pub read_only: bool,
    /// The key is refused from this time on; `None` means that it never expires.
    pub expires_at: Option<Timestamp>,
}

impl ApiKey {
    /// Whether the key can be used at this time from this address.
    #[must_use]
    pub fn admits(&self, address: Option<IpAddr>, now: Timestamp) -> bool {
        !self.has_expired(now) && self.settings.allowed_from.admits(address)
    }

    #[must_use]
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.settings.expires_at.is_some_and(|end| end <= now)
    }

    /// Returns the first eight characters, by which people recognize the key.
    #[must_use]
    pub fn short(&self) -> &str {
        self.key.get(..8).unwrap_or(&self.key)
    }
}

impl ApiKeySettings {
    /// Parses the end of a key's validity: a date, at whose end (UTC) the key expires, or an RFC
    /// 3339 time. An empty text means that the key never expires.
    ///
    /// # Errors
    /// `date-invalid`.
    pub fn parse_expiry(text: &str) -> Result<Option<Timestamp>, ValidationError> {
        if text.is_empty() {
            return Ok(None);
        }
        // The date parser accepts notations other than `2027-12-31`, too. All of them have other
        // lengths.
        let day =
            Some(text).filter(|text| text.len() == 10).and_then(|text| text.parse::<Date>().ok());
        let end = match day {
            Some(day) => TimeZone::UTC.to_timestamp(day.to_datetime(LAST_SECOND)),
            None => text.parse(),
        };
        let whole = end.and_then(|end: Timestamp| Timestamp::from_second(end.as_second()));
        whole.map(Some).map_err(|_| ValidationError::new(ErrorCode::DateInvalid))
    }

    /// Returns the end of validity in the notation that [`parse_expiry`](Self::parse_expiry) reads.
    #[must_use]
    pub fn expiry_text(&self) -> String {
        match self.expires_at {
            None => String::new(),
            Some(end) => {
                let civil = TimeZone::UTC.to_datetime(end);
                if civil.time() == LAST_SECOND { civil.date().to_string() } else { end.to_string() }
            }
        }
    }
}

const LAST_SECOND: Time = Time::constant(23, 59, 59, 0);

/// Addresses and networks that a key can be used from. An empty list means any address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedFrom(Vec<IpNet>);

/// The maximum number of networks of one key.
const MAX_NETWORKS: usize = 50;

impl AllowedFrom {
    /// Parses addresses and CIDR networks, separated by commas, semicolons or whitespace.
    ///
    /// # Errors
    /// `network-invalid` (`word`), `networks-too-many` (`max`).
    pub fn parse(text: &str) -> Result<Self, ValidationError> {
        let words = text
            .split(|c: char| c == ',' || c == ';' || c.is_whitespace())
            .filter(|word| !word.is_empty());
        let parse = |word: &str| {
            network::parse(word)
                .ok_or_else(|| ValidationError::new(ErrorCode::NetworkInvalid).with("word", word))
        };
        let mut networks = words.map(parse).collect::<Result<Vec<_>, _>>()?;
        networks.sort_unstable();
        networks.dedup();
        if networks.len() > MAX_NETWORKS {
            return Err(ValidationError::new(ErrorCode::NetworksTooMany).with("max", MAX_NETWORKS));
        }
        Ok(Self(networks))
    }

    /// Parses a stored list. An invalid list admits no client instead of every client.
    #[must_use]
    pub fn stored(text: &str) -> Self {
        Self::parse(text).unwrap_or_else(|_| Self(vec![IpNet::from(IpAddr::from([0, 0, 0, 0]))]))
    }

    /// Whether the key can be used from any address.
    #[must_use]
    pub const fn is_unrestricted(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a client with this address is admitted. Without an address, a client is admitted
    /// only if there is no restriction.
    #[must_use]
    pub fn admits(&self, address: Option<IpAddr>) -> bool {
        self.is_unrestricted()
            || address.is_some_and(|address| {
                self.0.iter().any(|network| network.contains(&address.to_canonical()))
            })
    }
}

impl Parameter for AllowedFrom {
    const KIND: ParameterType = ParameterType::Text;

    fn read(value: Value) -> Result<Option<Self>, ValidationError> {
        Self::parse(&text_of(value)?).map(Some)
    }
}

/// Writes single addresses without a prefix length.
impl fmt::Display for AllowedFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, network) in self.0.iter().enumerate() {
            let comma = if n == 0 { "" } else { ", " };
            if network.prefix_len() == network.max_prefix_len() {
                write!(f, "{comma}{}", network.addr())?;
            } else {
                write!(f, "{comma}{network}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(text: &str) -> AllowedFrom {
        AllowedFrom::parse(text).unwrap()
    }

    fn admits(list: &str, address: &str) -> bool {
        from(list).admits(Some(address.parse().unwrap()))
    }

    #[test]
    fn ipv4_and_ipv6_networks_are_matched() {
        assert!(admits("", "192.0.2.1"));
        assert!(admits("192.0.2.1", "192.0.2.1") && !admits("192.0.2.1", "192.0.2.2"));
        assert!(
            admits("10.0.0.0/8\n192.0.2.0/24", "192.0.2.77") && !admits("10.0.0.0/8", "11.0.0.1")
        );
        assert!(
            admits("2001:db8::/32", "2001:db8:1::5") && !admits("2001:db8::/32", "2001:db9::1")
        );
        assert!(admits("192.0.2.1", "::ffff:192.0.2.1"), "an IPv4 caller of an IPv6 socket");
        assert!(!from("10.0.0.1").admits(None) && from("").admits(None));
    }

    #[test]
    fn ipv4_mapped_networks_are_ipv4_networks() {
        assert_eq!(
            from("::ffff:10.1.2.3/104 ::ffff:192.0.2.1 ::ffff:192.0.2.2/128").to_string(),
            "10.0.0.0/8, 192.0.2.1, 192.0.2.2"
        );
        assert!(admits("::ffff:10.0.0.0/104", "10.9.9.9"));
        assert!(admits("::ffff:10.0.0.0/104", "::ffff:10.9.9.9"));
        assert!(!admits("::ffff:10.0.0.0/104", "11.0.0.1"));
        assert!(admits("::ffff:0.0.0.0/96", "192.0.2.1"));
        assert_eq!(from("::/0").to_string(), "::/0", "every IPv6 address, but no IPv4 address");
    }

    #[test]
    fn lists_are_written_short_and_without_duplicates() {
        assert_eq!(from("10.1.2.3/8, 192.0.2.1 192.0.2.1/32").to_string(), "10.0.0.0/8, 192.0.2.1");
        assert_eq!(from(&from("2001:db8:0:0::1,::1").to_string()), from("::1 2001:db8::1"));
    }

    #[test]
    fn invalid_addresses_are_named() {
        assert_eq!(
            AllowedFrom::parse("10.0.0.1, nowhere").unwrap_err(),
            ValidationError::new(ErrorCode::NetworkInvalid).with("word", "nowhere")
        );
        assert_eq!(
            AllowedFrom::parse("10.0.0.0/33").unwrap_err(),
            ValidationError::new(ErrorCode::NetworkInvalid).with("word", "10.0.0.0/33")
        );
        assert_eq!(
            AllowedFrom::parse(&"10.0.0.1 10.0.0.2 ".repeat(60)).unwrap().to_string(),
            "10.0.0.1, 10.0.0.2"
        );
        assert!(!AllowedFrom::stored("broken").admits(Some("192.0.2.1".parse().unwrap())));
    }

    #[test]
    fn a_date_counts_to_its_end_and_a_time_to_the_second() {
        let end = |text: &str| {
            ApiKeySettings::parse_expiry(text).map(|end| end.map(|end| end.to_string()))
        };
        assert_eq!(end(""), Ok(None));
        assert_eq!(end("2027-12-31"), Ok(Some("2027-12-31T23:59:59Z".to_owned())));
        assert_eq!(end("2027-12-31T18:00:00.7+02:00"), Ok(Some("2027-12-31T16:00:00Z".to_owned())));
        for text in [
            "2027-02-30",
            "31.12.2027",
            "20271231",
            "2027-12-31T18:00",
            "tomorrow",
            "2027-12-3",
            "99999-12-31",
        ] {
            assert_eq!(end(text), Err(ValidationError::new(ErrorCode::DateInvalid)), "{text}");
        }
        for text in ["", "2027-12-31", "2027-12-31T16:00:00Z"] {
            assert_eq!(
                ApiKeySettings {
                    expires_at: ApiKeySettings::parse_expiry(text).unwrap(),
                    ..ApiKeySettings::default()
                }
                .expiry_text(),
                text
            );
        }
    }
}
