//! Numbers, sizes and dates in the notation of a language.

use domain::account::Language;
use domain::number::marks;
use domain::quota::Quota;
use jiff::Timestamp;

const UNITS: [&str; 7] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/// An integer of any type that pages show. Numbers above `i64::MAX` become `i64::MAX`.
pub trait ToI64 {
    fn to_i64(&self) -> i64;
}

macro_rules! clamped_integers {
    ($($kind:ty),*) => {$(
        impl ToI64 for $kind {
            fn to_i64(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )*};
}

clamped_integers!(u64, usize);

macro_rules! small_integers {
    ($($kind:ty),*) => {$(
        impl ToI64 for $kind {
            fn to_i64(&self) -> i64 {
                i64::from(*self)
            }
        }
    )*};
}

small_integers!(i64, i32, u32, u16, u8);

impl<T: ToI64> ToI64 for &T {
    fn to_i64(&self) -> i64 {
        (*self).to_i64()
    }
}

/// Formats a whole number: `12,345` or `12.345`.
#[must_use]
pub fn number(lang: Language, value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        text.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(marks(lang).0);
        }
        text.push(digit);
    }
    text
}

/// Formats a number with decimals, which is written in the notation of programs: `1,030.5` or
/// `1.030,5`. Returns other texts unchanged.
#[must_use]
pub fn decimal(lang: Language, text: &str) -> String {
    let Some((whole, fraction)) = text.split_once('.') else { return text.to_owned() };
    match whole.parse() {
        Ok(whole) => format!("{}{}{fraction}", number(lang, whole), marks(lang).1),
        Err(_) => text.to_owned(),
    }
}

/// Formats a number of bytes, rounded to tenths, in the largest binary unit of which there is at
/// least one: `1.5 GiB` or `1,5 GiB`.
#[must_use]
pub fn size(lang: Language, bytes: u64) -> String {
    // Returns rounded tenths. They are integers, because a float cannot hold every 64-bit number.
    let tenths =
        |unit: usize| (u128::from(bytes) * 10 + ((1_u128 << (unit * 10)) >> 1)) >> (unit * 10);
    let mut unit = (bytes.max(1).ilog2() / 10) as usize;
    // 1,023.96 KiB are rounded to 1,024 KiB, which is 1 MiB.
    if tenths(unit) >= 10_240 && unit + 1 < UNITS.len() {
        unit += 1;
    }
    with_unit(lang, tenths(unit), UNITS[unit.min(UNITS.len() - 1)])
}

/// Formats a number of tenths of a unit.
fn with_unit(lang: Language, tenths: u128, unit: &str) -> String {
    let whole = number(lang, i64::try_from(tenths / 10).unwrap_or(i64::MAX));
    match tenths % 10 {
        0 => format!("{whole}\u{a0}{unit}"),
        tenth => format!("{whole}{}{tenth}\u{a0}{unit}", marks(lang).1),
    }
}

/// Formats a number of bytes exactly, in the first unit that needs at most one decimal: `1.5 GiB`,
/// `1,030 MiB` or `500 MB`. The order of the units is: PiB to MiB, TB to MB, KiB, B.
#[must_use]
pub fn exact_size(lang: Language, bytes: u64) -> String {
    const EXACT_UNITS: [(&str, u64); 9] = [
        ("PiB", 1 << 50),
        ("TiB", 1 << 40),
        ("GiB", 1 << 30),
        ("MiB", 1 << 20),
        ("TB", 1_000_000_000_000),
        ("GB", 1_000_000_000),
        ("MB", 1_000_000),
        ("KiB", 1 << 10),
        ("B", 1),
    ];
    for (name, size) in EXACT_UNITS {
        // Rounded up, because parsing truncates a fraction of a byte.
        let tenths = (u128::from(bytes) * 10).div_ceil(u128::from(size));
        if tenths >= 10 && tenths * u128::from(size) / 10 == u128::from(bytes) {
            return with_unit(lang, tenths, name);
        }
    }
    // Reached only for 0, which is less than one byte.
    size(lang, bytes)
}

/// Formats a limit for its form field, in units. Returns `None` if it is unlimited. A size that has
/// more than four decimals in this unit is shown in a decimal unit if it has at most two decimals
/// there: `2.5 GB`.
#[must_use]
pub fn limit(quota: Quota, unit: u64) -> Option<String> {
    const MAX_DECIMALS: usize = 4;
    let text = quota.in_units(unit)?;
    let is_short = text.split_once('.').is_none_or(|(_, fraction)| fraction.len() <= MAX_DECIMALS);
    if is_short {
        return Some(text);
    }
    let bytes = quota.finite();
    let decimal =
        [("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000)];
    let named = decimal.iter().find(|(_, size)| bytes >= *size && bytes.is_multiple_of(size / 100));
    Some(
        named
            .and_then(|(name, size)| Some(format!("{} {name}", quota.in_units(*size)?)))
            .unwrap_or(text),
    )
}

/// Replaces the point in a number of a form field by the decimal mark of the language. Other input
/// stays as it was typed.
#[must_use]
pub fn field_number(lang: Language, text: &str) -> String {
    let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match number.split_once('.') {
        // With three digits, the point could separate thousands.
        Some((whole, fraction)) if digits(whole) && digits(fraction) && fraction.len() != 3 => {
            let space = if unit.is_empty() { "" } else { " " };
            format!("{whole}{mark}{fraction}{space}{unit}", mark = marks(lang).1)
        }
        _ => text.to_owned(),
    }
}

/// Formats a date: `2026-11-24` in English, `24.11.2026` in German.
#[must_use]
pub fn date(lang: Language, at: Timestamp) -> String {
    at.strftime(match lang {
        Language::En => "%Y-%m-%d",
        Language::De => "%d.%m.%Y",
    })
    .to_string()
}

/// Formats a date and a time in UTC.
#[must_use]
pub fn datetime(lang: Language, at: Timestamp) -> String {
    at.strftime(match lang {
        Language::En => "%Y-%m-%d %H:%M UTC",
        Language::De => "%d.%m.%Y, %H:%M UTC",
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        for (value, en, de) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1000, "1,000", "1.000"),
            (-1_234_567, "-1,234,567", "-1.234.567"),
        ] {
            assert_eq!(number(Language::En, value), en);
            assert_eq!(number(Language::De, value), de);
        }
    }

    #[test]
    fn sizes_use_binary_units() {
        for (bytes, en, de) in [
            (0, "0 B", "0 B"),
            (1023, "1,023 B", "1.023 B"),
            (1024, "1 KiB", "1 KiB"),
            (1536, "1.5 KiB", "1,5 KiB"),
            (1_048_524, "1,023.9 KiB", "1.023,9 KiB"),
            (1_048_525, "1 MiB", "1 MiB"),
            (1_048_575, "1 MiB", "1 MiB"),
            ((1 << 40) - 1, "1 TiB", "1 TiB"),
            (1_073_741_824, "1 GiB", "1 GiB"),
            (5_905_580_032, "5.5 GiB", "5,5 GiB"),
            (u64::MAX, "16 EiB", "16 EiB"),
        ] {
            assert_eq!(size(Language::En, bytes).replace('\u{a0}', " "), en);
            assert_eq!(size(Language::De, bytes).replace('\u{a0}', " "), de);
        }
    }

    #[test]
    fn exact_sizes_are_not_rounded() {
        for (bytes, en, de) in [
            (0, "0 B", "0 B"),
            (1, "1 B", "1 B"),
            (1 << 30, "1 GiB", "1 GiB"),
            (1536 << 20, "1.5 GiB", "1,5 GiB"),
            (1030 << 20, "1,030 MiB", "1.030 MiB"),
            (1040 << 20, "1,040 MiB", "1.040 MiB"),
            (1_153_433, "1.1 MiB", "1,1 MiB"),
            (1 << 19, "512 KiB", "512 KiB"),
            (500_000_000, "500 MB", "500 MB"),
            (2_500_000_000, "2.5 GB", "2,5 GB"),
            (1_234_567, "1,234,567 B", "1.234.567 B"),
            (i64::MAX as u64, "9,223,372,036,854,775,807 B", "9.223.372.036.854.775.807 B"),
        ] {
            assert_eq!(exact_size(Language::En, bytes).replace('\u{a0}', " "), en);
            assert_eq!(exact_size(Language::De, bytes).replace('\u{a0}', " "), de);
        }
    }

    #[test]
    fn decimals_follow_the_language() {
        assert_eq!(decimal(Language::De, "1030.5"), "1.030,5");
        assert_eq!(decimal(Language::En, "2.0480"), "2.0480");
        assert_eq!(decimal(Language::De, "7"), "7");
    }

    #[test]
    fn dates_follow_the_language() {
        let at: Timestamp = "2026-11-24T21:17:46Z".parse().unwrap();
        assert_eq!(date(Language::De, at), "24.11.2026");
        assert_eq!(datetime(Language::En, at), "2026-11-24 21:17 UTC");
        assert_eq!(datetime(Language::De, at), "24.11.2026, 21:17 UTC");
    }
}
