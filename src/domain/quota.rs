//! How much of something is allowed.

use super::fault::Fault;
use std::fmt;

/// A limit: none at all, or a number. "Unlimited" has a name here; -1 exists only in the API's
/// dialect and NULL only in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quota {
    /// No limit.
    Unlimited,
    /// At most this many (sizes: bytes).
    Limited(u64),
}

/// The largest number a limit may have: what a signed 64-bit column holds.
pub const LARGEST: u64 = i64::MAX as u64;

/// Enough digits behind the point to tell the bytes of a GiB apart.
const FRACTION_SHOWN: u32 = 12;
/// Digits behind the point that are read.
const FRACTION_READ: usize = 18;

impl Quota {
    /// Nothing is allowed.
    pub const NONE: Self = Self::Limited(0);

    /// Whether `used` lies within the limit.
    #[must_use]
    pub const fn allows(self, used: u64) -> bool {
        match self {
            Self::Unlimited => true,
            Self::Limited(max) => used <= max,
        }
    }

    /// What this limit takes out of the owner's allowance: an unlimited one takes nothing countable.
    #[must_use]
    pub const fn finite(self) -> u64 {
        match self {
            Self::Unlimited => 0,
            Self::Limited(n) => n,
        }
    }

    /// The number, if there is one.
    #[must_use]
    pub const fn limit(self) -> Option<u64> {
        match self {
            Self::Unlimited => None,
            Self::Limited(n) => Some(n),
        }
    }

    /// Whether there is no limit.
    #[must_use]
    pub const fn is_unlimited(self) -> bool {
        matches!(self, Self::Unlimited)
    }

    /// From a database column: NULL is unlimited; a negative number cannot have been written by us and counts as nothing.
    #[must_use]
    pub fn from_column(column: Option<i64>) -> Self {
        column.map_or(Self::Unlimited, |n| Self::Limited(u64::try_from(n).unwrap_or(0)))
    }

    /// For a database column.
    #[must_use]
    pub fn to_column(self) -> Option<i64> {
        self.limit().map(|n| i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// The number in units, as a form or a client shows it; nothing if there is no limit. [`Quota::parse`] reads it back
    /// to the very same limit, so that saving a form untouched changes nothing (docs/compatibility.md#d10).
    #[must_use]
    pub fn in_units(self, unit: u64) -> Option<String> {
        let n = self.limit()?;
        let (whole, rest) = (n / unit, n % unit);
        if rest == 0 {
            return Some(whole.to_string());
        }
        let fraction = (u128::from(rest) * 10_u128.pow(FRACTION_SHOWN)).div_ceil(u128::from(unit));
        let fraction = format!("{fraction:0width$}", width = FRACTION_SHOWN as usize);
        Some(format!("{whole}.{}", fraction.trim_end_matches('0')))
    }

    /// A whole or decimal number of units, as people and API clients write it.
    ///
    /// # Errors
    /// `number-invalid`, `number-negative` or `number-too-large`.
    pub fn parse(text: &str, unit: u64) -> Result<Self, Fault> {
        let text = text.trim();
        if let Some(rest) = text.strip_prefix('-') {
            return match parse_units(rest, unit) {
                Ok(0) => Ok(Self::NONE),
                Ok(_) => Err(Fault::new("number-negative")),
                Err(fault) => Err(fault),
            };
        }
        parse_units(text, unit).map(Self::Limited)
    }
}

/// Exact decimal arithmetic: `1.5` of 1,048,576 is 1,572,864. A fraction of a single thing is cut off.
fn parse_units(text: &str, unit: u64) -> Result<u64, Fault> {
    let invalid = || Fault::new("number-invalid");
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || text.ends_with('.') {
        return Err(invalid());
    }
    let too_large = || Fault::new("number-too-large");
    let whole: u128 =
        whole.trim_start_matches('0').parse().or_else(|_| if whole.bytes().all(|b| b == b'0') { Ok(0) } else { Err(too_large()) })?;
    let fraction = &fraction[..fraction.len().min(FRACTION_READ)];
    let part = if fraction.is_empty() {
        0
    } else {
        fraction.parse::<u128>().map_err(|_| invalid())? * u128::from(unit) / 10_u128.pow(u32::try_from(fraction.len()).unwrap_or(18))
    };
    let total = whole.checked_mul(u128::from(unit)).and_then(|n| n.checked_add(part)).ok_or_else(too_large)?;
    u64::try_from(total).ok().filter(|n| *n <= LARGEST).ok_or_else(too_large)
}

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unlimited => f.write_str("unlimited"),
            Self::Limited(n) => n.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_as_people_write_them() {
        assert_eq!(Quota::parse("12", 1), Ok(Quota::Limited(12)));
        assert_eq!(Quota::parse("1.5", 1 << 20), Ok(Quota::Limited(1_572_864)));
        assert_eq!(Quota::parse("2.9", 1), Ok(Quota::Limited(2)));
        assert_eq!(Quota::parse("007", 1), Ok(Quota::Limited(7)));
        assert_eq!(Quota::parse("-0", 1), Ok(Quota::NONE));
    }

    #[test]
    fn numbers_that_are_none() {
        for (text, code) in [
            ("", "number-invalid"),
            ("abc", "number-invalid"),
            ("7x", "number-invalid"),
            ("1e9", "number-invalid"),
            ("1.", "number-invalid"),
            ("-5", "number-negative"),
            ("9223372036854775808", "number-too-large"),
            ("99999999999999999999999999999999999999999999", "number-too-large"),
        ] {
            assert_eq!(Quota::parse(text, 1).unwrap_err().code, code, "{text}");
        }
        assert_eq!(Quota::parse("9000000000000", 1 << 30).unwrap_err().code, "number-too-large");
    }

    proptest! {
        #[test]
        fn a_column_gives_back_what_it_took(n in 0..=LARGEST) {
            prop_assert_eq!(Quota::from_column(Quota::Limited(n).to_column()), Quota::Limited(n));
        }

        #[test]
        fn a_form_gives_back_what_it_showed(n in 0..=LARGEST, unit in prop::sample::select(vec![1_u64, 1 << 20, 1 << 30])) {
            let quota = Quota::Limited(n);
            prop_assert_eq!(Quota::parse(&quota.in_units(unit).unwrap(), unit), Ok(quota));
        }

        #[test]
        fn parsing_never_panics(text in "\\PC*", unit in prop::sample::select(vec![1_u64, 1 << 20, 1 << 30])) {
            let _ = Quota::parse(&text, unit);
        }
    }
}
