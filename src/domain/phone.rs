//! Phone and fax numbers as people and programs write them.

use super::text;
use super::validation::{ErrorCode, ValidationError};

/// The maximum length of a number, in characters.
const MAX: usize = 50;
/// The maximum number of digits of an extension.
const EXTENSION_DIGITS: usize = 11;
/// Words that introduce an extension, in lowercase.
const EXTENSION_WORDS: [&str; 9] =
    ["durchwahl", "extension", "apparat", "ext", "app", "dw", "x", "#", "poste"];

/// Parses a number: digits with `+`, spaces, hyphens, dots, slashes, parentheses, commas and
/// semicolons, and an extension at the end (`x12`, `ext. 12`, `;ext=12`, `Durchwahl 12`).
///
/// Typographic characters are replaced, such as dashes by hyphens, no-break spaces by spaces, and
/// full-width digits by ASCII digits. Invisible characters are removed. Everything else is kept as
/// written.
///
/// # Errors
/// `format-invalid` or `text-too-long` (`max`).
pub fn parse(typed: &str) -> Result<String, ValidationError> {
    let plain: String = typed.chars().filter_map(plain_char).collect();
    let number = text::line(&plain, MAX)?;
    let main = without_extension(&number).unwrap_or(&number);
    if main.chars().all(is_number_char) {
        Ok(number)
    } else {
        Err(ValidationError::new(ErrorCode::FormatInvalid))
    }
}

/// Returns the number that a `tel:` link dials: the first of several numbers, with its extension.
#[must_use]
pub fn tel_uri_number(number: &str) -> String {
    let (main, extension) = match without_extension(number) {
        Some(main) => {
            (main, without_closing_bracket(number).rsplit(|c: char| !c.is_ascii_digit()).next())
        }
        None => (number, None),
    };
    let first = main
        .split([',', ';'])
        .find(|part| part.contains(|c: char| c.is_ascii_digit()))
        .unwrap_or_default()
        .trim();
    // After a country code, the trunk prefix `(0)` is not dialled.
    let first =
        if first.starts_with('+') { first.replacen("(0)", "", 1) } else { first.to_owned() };
    let mut dialled: String = first.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    if let Some(extension) = extension {
        dialled.push_str(";ext=");
        dialled.push_str(extension);
    }
    dialled
}

fn is_number_char(c: char) -> bool {
    c.is_ascii_digit() || " +-().,;/".contains(c)
}

/// Replaces a typographic character by its plain form. Returns `None` for an invisible character.
/// Control characters are kept and refused later.
const fn plain_char(c: char) -> Option<char> {
    Some(match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => '/',
        '\u{2024}' | '\u{ff0e}' => '.',
        '\u{ff0b}' => '+',
        '\u{ff08}' => '(',
        '\u{ff09}' => ')',
        '\u{ff10}'..='\u{ff19}' => return char::from_digit(c as u32 - 0xff10, 10),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => {
            return None;
        }
        c => c,
    })
}

/// Returns the number without the closing bracket after an extension, as in `(ext. 3)`.
fn without_closing_bracket(number: &str) -> &str {
    number.trim_end_matches([')', ' '])
}

/// Returns the number before the extension, or `None` if there is no extension. An extension must
/// follow a number.
fn without_extension(number: &str) -> Option<&str> {
    let number = without_closing_bracket(number);
    let digits_at = number
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| at + number[at..].chars().next().map_or(0, char::len_utf8));
    let digits = number.len() - digits_at;
    if digits == 0 || digits > EXTENSION_DIGITS {
        return None;
    }
    let before = number[..digits_at].trim_end_matches([' ', '.', ':', '=']);
    let main = EXTENSION_WORDS.iter().find_map(|word| {
        let at = before.len().checked_sub(word.len())?;
        let (main, found) = (before.get(..at)?, before.get(at..)?);
        found.eq_ignore_ascii_case(word).then_some(main)
    })?;
    main.contains(|c: char| c.is_ascii_digit()).then_some(main)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_as_written() {
        for number in [
            "+49.2211234567",
            "+1.7035555555x1234",
            "+49 (221) 1234/56",
            "0221/1234-56",
            "0221.12.34.56",
            "0221 1234 ext. 12",
            "0221 1234 EXT 12",
            "+1-212-555-0100;ext=99",
            "0221 1234 Durchwahl 12",
            "0221 1234, 0171 5678",
            "0221-99 #4",
            "1 ext 12345678901",
            "",
        ] {
            assert_eq!(parse(number), Ok(number.to_owned()));
        }
    }

    #[test]
    fn typographic_punctuation_is_replaced() {
        for (written, stored) in [
            ("+49\u{a0}221\u{202f}1234\u{2013}56", "+49 221 1234-56"),
            ("0221\u{2009}/\u{2009}12 \u{2212} 34", "0221 / 12 - 34"),
            ("\u{202a}+49 221 12\u{202c}", "+49 221 12"),
            ("\u{ff0b}\u{ff14}\u{ff19} 221", "+49 221"),
            ("0221\u{200b}12", "022112"),
            (" \u{a0} ", ""),
        ] {
            assert_eq!(parse(written).as_deref(), Ok(stored), "{written:?}");
        }
    }

    #[test]
    fn links_dial_one_number() {
        for (number, link) in [
            ("+49.2211234567", "+492211234567"),
            ("+49 (0) 221 12/34", "+492211234"),
            ("0221 1234 ext. 12", "02211234;ext=12"),
            ("0221 / 1234 (ext. 12)", "02211234;ext=12"),
            ("+1.7035555555x1234", "+17035555555;ext=1234"),
            ("0221 1234, 0171 5678", "02211234"),
            ("", ""),
        ] {
            assert_eq!(tel_uri_number(number), link, "{number}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "12a",
            "x12",
            "ext 12",
            "0221\n12",
            "0221\t12",
            "0221\0",
            "0221\u{85}12",
            "<b>1</b>",
            "1 ext",
            "1 ext 123456789012",
            "ü1",
        ] {
            assert_eq!(parse(text).unwrap_err().code.as_str(), "format-invalid", "{text:?}");
        }
        assert_eq!(parse(&"1".repeat(50)), Ok("1".repeat(50)));
        assert_eq!(parse(&"1".repeat(51)).unwrap_err().code.as_str(), "text-too-long");
    }
}
