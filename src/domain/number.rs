//! Parsing of numbers as people and programs write them, without rounding.

use super::account::Language;
use super::validation::{Argument, ErrorCode, ValidationError};

/// The notation of numbers in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notation {
    /// As programs write numbers: digits and at most one decimal point.
    #[default]
    Program,
    /// As people write numbers in this language, if it is known. Thousands can be grouped, and
    /// sizes can have a unit (`2.5 GB`).
    Person(Option<Language>),
}

/// Digits before and after the decimal mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    pub whole: String,
    pub fraction: String,
}

impl Notation {
    /// Returns a number without the unit after it, and the size of the unit in bytes. Programs
    /// write no units. Returns `None` for an unknown unit.
    pub(super) fn without_unit(self, text: &str) -> Option<(&str, Option<u64>)> {
        let at = text.find(char::is_alphabetic).filter(|_| self != Self::Program);
        let Some((number, unit)) = at.map(|at| text.split_at(at)) else {
            return Some((text, None));
        };
        Some((number.trim_end(), Some(unit_size(unit)?)))
    }

    /// Parses a number that is not negative.
    ///
    /// # Errors
    /// `number-invalid`; `number-ambiguous` if a mark could separate thousands or a fraction
    /// (`text`; `whole` and `decimal` are the unambiguous notations).
    pub(super) fn read(self, text: &str) -> Result<Decimal, ValidationError> {
        match self {
            Self::Program => parse_plain(text),
            Self::Person(language) => parse_typed(text, language),
        }
    }
}

/// Returns the size of a unit in bytes. The panel's units and the single letters of server programs
/// are powers of 1024. The units of disk manufacturers are powers of 1000.
fn unit_size(unit: &str) -> Option<u64> {
    Some(match unit.to_ascii_lowercase().as_str() {
        "b" | "byte" | "bytes" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "t" | "tib" => 1 << 40,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "tb" => 1_000_000_000_000,
        _ => return None,
    })
}

fn invalid() -> ValidationError {
    ValidationError::new(ErrorCode::NumberInvalid)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn parse_plain(text: &str) -> Result<Decimal, ValidationError> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) || text.ends_with('.') {
        return Err(invalid());
    }
    Ok(Decimal { whole: whole.to_owned(), fraction: fraction.to_owned() })
}

const fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',')
}

/// Returns the thousands separator and the decimal mark.
#[must_use]
pub const fn marks(language: Language) -> (char, char) {
    match language {
        Language::En => (',', '.'),
        Language::De => ('.', ','),
    }
}

fn parse_typed(text: &str, language: Option<Language>) -> Result<Decimal, ValidationError> {
    let groups: Vec<&str> =
        text.split([' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '’']).collect();
    let text = if let [first, others @ ..] = groups.as_slice()
        && !others.is_empty()
    {
        let (last, between) = others.split_last().unwrap_or((&"", &[]));
        let last = last.split(is_mark).next().unwrap_or_default();
        let grouped = is_first_group(first)
            && between.iter().chain([&last]).all(|group| group.len() == 3 && is_digits(group));
        if !grouped {
            return Err(invalid());
        }
        // The thousands are already separated, so a mark can only be the decimal mark.
        return parse_plain(&groups.concat().replace(',', "."));
    } else {
        text
    };
    let found: Vec<char> = text.chars().filter(|c| is_mark(*c)).collect();
    match found.as_slice() {
        [] => parse_plain(text),
        [mark] => parse_with_one_mark(text, *mark, language),
        [marks @ .., last] if marks.iter().all(|mark| mark == last) => parse_grouped(text, *last),
        // If the marks before the last one differ, `parse_grouped` refuses them.
        [first, .., last] => {
            let (whole, fraction) = text.rsplit_once(*last).ok_or_else(invalid)?;
            let whole = parse_grouped(whole, *first)?.whole;
            parse_plain(&format!("{whole}.{fraction}"))
        }
    }
}

fn is_first_group(text: &str) -> bool {
    (1..=3).contains(&text.len()) && is_digits(text)
}

/// Parses a whole number whose thousands are separated by this mark.
fn parse_grouped(text: &str, mark: char) -> Result<Decimal, ValidationError> {
    let mut groups = text.split(mark);
    let first = groups.next().is_some_and(is_first_group);
    if !first || !groups.all(|group| group.len() == 3 && is_digits(group)) {
        return Err(invalid());
    }
    Ok(Decimal { whole: text.replace(mark, ""), fraction: String::new() })
}

/// Parses a number with one mark. The mark can be a thousands separator only if three digits follow
/// it and one to three digits, the first of them not 0, precede it.
fn parse_with_one_mark(
    text: &str,
    mark: char,
    language: Option<Language>,
) -> Result<Decimal, ValidationError> {
    let (before, after) = text.split_once(mark).ok_or_else(invalid)?;
    let could_be_thousands =
        is_first_group(before) && !before.starts_with('0') && after.len() == 3 && is_digits(after);
    if !could_be_thousands {
        return parse_plain(&format!("{before}.{after}"));
    }
    if language.is_some_and(|language| marks(language).0 == mark) {
        return Ok(Decimal { whole: format!("{before}{after}"), fraction: String::new() });
    }
    // The whole number is a text, because separators would make it ambiguous again.
    Err(ValidationError::new(ErrorCode::NumberAmbiguous)
        .with("text", text)
        .with("whole", format!("{before}{after}"))
        .with("decimal", Argument::decimal(format!("{before}.{after}0"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Notation = Notation::Person(Some(Language::En));
    const DE: Notation = Notation::Person(Some(Language::De));
    const ANY: Notation = Notation::Person(None);

    fn read(notation: Notation, text: &str) -> String {
        match notation.read(text) {
            Ok(Decimal { whole, fraction }) if fraction.is_empty() => whole,
            Ok(Decimal { whole, fraction }) => format!("{whole}.{fraction}"),
            Err(error) => error.code.as_str().to_owned(),
        }
    }

    #[test]
    fn marks_are_read_by_language_or_refused() {
        for (text, en, de, any) in [
            ("2048", "2048", "2048", "2048"),
            ("1.000", "number-ambiguous", "1000", "number-ambiguous"),
            ("1,000", "1000", "number-ambiguous", "number-ambiguous"),
            ("2.048", "number-ambiguous", "2048", "number-ambiguous"),
            ("2.5", "2.5", "2.5", "2.5"),
            ("2,5", "2.5", "2.5", "2.5"),
            ("0.500", "0.500", "0.500", "0.500"),
            ("0,125", "0.125", "0.125", "0.125"),
            ("2048.125", "2048.125", "2048.125", "2048.125"),
            ("1.0000", "1.0000", "1.0000", "1.0000"),
            ("1.000.000", "1000000", "1000000", "1000000"),
            ("1,000,000", "1000000", "1000000", "1000000"),
            ("1.000,5", "1000.5", "1000.5", "1000.5"),
            ("1,000.5", "1000.5", "1000.5", "1000.5"),
            ("1 000", "1000", "1000", "1000"),
            ("1\u{202f}000,25", "1000.25", "1000.25", "1000.25"),
            ("1'000", "1000", "1000", "1000"),
            ("1.00.000", "number-invalid", "number-invalid", "number-invalid"),
            ("1 00", "number-invalid", "number-invalid", "number-invalid"),
            ("1,000.5.5", "number-invalid", "number-invalid", "number-invalid"),
            ("1.000,000.5", "number-invalid", "number-invalid", "number-invalid"),
            ("1,000,000.5", "1000000.5", "1000000.5", "1000000.5"),
            ("123.456.789", "123456789", "123456789", "123456789"),
            ("1234.567.890", "number-invalid", "number-invalid", "number-invalid"),
            ("1234 567", "number-invalid", "number-invalid", "number-invalid"),
            ("1 234 567", "1234567", "1234567", "1234567"),
            ("1 2a4 567", "number-invalid", "number-invalid", "number-invalid"),
            ("1.5a", "number-invalid", "number-invalid", "number-invalid"),
            ("", "number-invalid", "number-invalid", "number-invalid"),
            (".5", "number-invalid", "number-invalid", "number-invalid"),
            ("5,", "number-invalid", "number-invalid", "number-invalid"),
        ] {
            assert_eq!(
                (read(EN, text), read(DE, text), read(ANY, text)),
                (en.into(), de.into(), any.into()),
                "{text:?}"
            );
        }
        assert_eq!(read(Notation::Program, "1.000"), "1.000");
        assert_eq!(read(Notation::Program, "1,5"), "number-invalid");
    }

    #[test]
    fn ambiguous_numbers_have_both_meanings_as_arguments() {
        assert_eq!(
            EN.read("2.048").unwrap_err().args,
            [
                ("text", "2.048".into()),
                ("whole", "2048".into()),
                ("decimal", Argument::decimal("2.0480"))
            ]
        );
    }

    #[test]
    fn units_are_split_off() {
        assert_eq!(EN.without_unit("2.5 GB"), Some(("2.5", Some(1_000_000_000))));
        assert_eq!(EN.without_unit("1GiB"), Some(("1", Some(1 << 30))));
        assert_eq!(EN.without_unit("500 mb"), Some(("500", Some(1_000_000))));
        for (units, bytes) in [
            (&["B", "byte", "bytes"][..], 1),
            (&["K", "KiB"], 1024),
            (&["M", "MiB"], 1024 * 1024),
            (&["G", "GiB"], 1024 * 1024 * 1024),
            (&["T", "TiB"], 1024 * 1024 * 1024 * 1024),
            (&["KB"], 1_000),
            (&["MB"], 1_000_000),
            (&["GB"], 1_000_000_000),
            (&["TB"], 1_000_000_000_000),
        ] {
            for unit in units {
                let text = format!("3 {unit}");
                assert_eq!(EN.without_unit(&text), Some(("3", Some(bytes))), "{unit}");
            }
        }
        assert_eq!(EN.without_unit("7"), Some(("7", None)));
        assert_eq!(EN.without_unit("7 apples"), None);
        assert_eq!(Notation::Program.without_unit("7 GB"), Some(("7 GB", None)));
    }
}
