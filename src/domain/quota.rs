//! Limits and quotas.

use super::number::Notation;
use super::validation::{Argument, ErrorCode, ValidationError};
use std::fmt;

/// A limit, or none. Inside Clientele, "unlimited" is a variant of its own. It is -1 only in the
/// API, and NULL only in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quota {
    Unlimited,
    /// At most this number. Sizes are in bytes.
    Limited(u64),
}

/// The greatest limit: the maximum of a signed 64-bit column.
pub const MAX_LIMIT: u64 = i64::MAX as u64;

/// The maximum number of decimal places that are written, enough to distinguish the bytes of a GiB.
const FRACTION_SHOWN: u32 = 12;
/// The maximum number of decimal places that are read. Further ones are ignored.
const FRACTION_READ: usize = 18;

impl Quota {
    /// Nothing is allowed.
    pub const NONE: Self = Self::Limited(0);

    /// Whether `used` is within the limit.
    #[must_use]
    pub const fn allows(self, used: u64) -> bool {
        match self {
            Self::Unlimited => true,
            Self::Limited(max) => used <= max,
        }
    }

    /// Returns the amount that this limit takes from the owner's quota. An unlimited one takes no
    /// countable amount.
    #[must_use]
    pub const fn finite(self) -> u64 {
        match self {
            Self::Unlimited => 0,
            Self::Limited(n) => n,
        }
    }

    /// Returns the number, or `None` for no limit.
    #[must_use]
    pub const fn limit(self) -> Option<u64> {
        match self {
            Self::Unlimited => None,
            Self::Limited(n) => Some(n),
        }
    }

    #[must_use]
    pub const fn is_unlimited(self) -> bool {
        matches!(self, Self::Unlimited)
    }

    /// Reads a database column. NULL is unlimited. Clientele writes no negative numbers; they count
    /// as 0.
    #[must_use]
    pub fn from_column(column: Option<i64>) -> Self {
        column.map_or(Self::Unlimited, |n| Self::Limited(u64::try_from(n).unwrap_or(0)))
    }

    /// Returns the value for a database column.
    #[must_use]
    pub fn to_column(self) -> Option<i64> {
        self.limit().map(|n| i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// Returns the number in units, as forms and clients show it, or `None` for no limit.
    /// [`Quota::parse`] returns exactly the same limit for it, so that saving an unchanged form
    /// changes nothing (docs/compatibility.md#d10).
    #[must_use]
    pub fn in_units(self, unit: u64) -> Option<String> {
        let n = self.limit()?;
        let (whole, rest) = (n / unit, n % unit);
        if rest == 0 {
            return Some(whole.to_string());
        }
        let fraction = (u128::from(rest) * 10_u128.pow(FRACTION_SHOWN)).div_ceil(u128::from(unit));
        let fraction = format!("{fraction:0width$}", width = FRACTION_SHOWN as usize);
        let fraction = fraction.trim_end_matches('0');
        // Three decimal places could be read as thousands.
        Some(if fraction.len() == 3 {
            format!("{whole}.{fraction}0")
        } else {
            format!("{whole}.{fraction}")
        })
    }

    /// Parses a whole or decimal number of units, in the notation of programs.
    ///
    /// # Errors
    /// As [`Quota::read`], except for `number-ambiguous`.
    pub fn parse(text: &str, unit: u64) -> Result<Self, ValidationError> {
        Self::read(text, unit, Notation::Program)
    }

    /// Parses a whole or decimal number of units. People can write a size in another unit.
    ///
    /// # Errors
    /// `number-invalid`, `number-negative` and `number-too-large`, each with the range;
    /// `number-not-whole` for a fraction of a count; `number-ambiguous`.
    pub fn read(text: &str, unit: u64, notation: Notation) -> Result<Self, ValidationError> {
        let text = text.trim();
        if let Some(rest) = text.strip_prefix(['-', '−']) {
            return match read_units(rest.trim_start(), unit, notation) {
                Ok(0) => Ok(Self::NONE),
                Err(error) if error.code != ErrorCode::NumberNotWhole => Err(error),
                _ => Err(range_error(ErrorCode::NumberNegative, unit)),
            };
        }
        read_units(text, unit, notation).map(Self::Limited)
    }
}

/// Returns the error of an invalid number. The text for programs differs: they cannot write another
/// unit, and they write a decimal point in every language.
fn invalid_error(unit: u64, notation: Notation) -> ValidationError {
    match notation {
        Notation::Program if unit != 1 => {
            // Programs write no thousands separators either.
            ValidationError::new(ErrorCode::NumberInvalid)
                .variant("of-units-by-program")
                .with("min", Argument::name(0))
                .with("max", Argument::name(MAX_LIMIT / unit))
        }
        _ => range_error(ErrorCode::NumberInvalid, unit),
    }
}

/// Returns an error that names the range of numbers in this unit.
fn range_error(code: ErrorCode, unit: u64) -> ValidationError {
    let variant = if unit == 1 { "of-things" } else { "of-units" };
    ValidationError::new(code).variant(variant).with("min", 0_u64).with("max", MAX_LIMIT / unit)
}

/// Parses a number with exact decimal arithmetic: `1.5` of 1,048,576 is 1,572,864. A fraction of a
/// byte is truncated.
fn read_units(text: &str, unit: u64, notation: Notation) -> Result<u64, ValidationError> {
    let (number, named_unit) =
        notation.without_unit(text).ok_or_else(|| invalid_error(unit, notation))?;
    if named_unit.is_some() && unit == 1 {
        return Err(invalid_error(unit, notation));
    }
    let number = notation.read(number).map_err(|error| match error.code {
        ErrorCode::NumberInvalid => invalid_error(unit, notation),
        ErrorCode::NumberAmbiguous if unit == 1 => error.variant("of-things"),
        _ => error,
    })?;
    if unit == 1 && number.fraction.bytes().any(|digit| digit != b'0') {
        return Err(ValidationError::new(ErrorCode::NumberNotWhole)
            .with("min", 0_u64)
            .with("max", MAX_LIMIT));
    }
    let too_large = || range_error(ErrorCode::NumberTooLarge, unit);
    let factor = u128::from(named_unit.unwrap_or(unit));
    let whole = number.whole.trim_start_matches('0');
    let whole: u128 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| too_large())? };
    let fraction = &number.fraction[..number.fraction.len().min(FRACTION_READ)];
    let digits = u32::try_from(fraction.len()).unwrap_or(0);
    let part = fraction.parse::<u128>().unwrap_or(0) * factor / 10_u128.pow(digits);
    let total =
        whole.checked_mul(factor).and_then(|n| n.checked_add(part)).ok_or_else(too_large)?;
    u64::try_from(total).ok().filter(|n| *n <= MAX_LIMIT).ok_or_else(too_large)
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
mod tests;
