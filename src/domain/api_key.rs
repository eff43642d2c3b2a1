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
mod tests;
