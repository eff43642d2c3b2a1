//! Rules for texts that people type.

use super::validation::{ErrorCode, ValidationError};
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// Returns the text in Unicode's composed form (NFC), in which equal letters are equal characters,
/// whatever keyboard or file they come from. Every text is converted where it enters the program.
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

/// Whether the text is empty, or consists of whitespace and invisible characters.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}')
}

/// Whether the character changes the direction of the text around it. A name with such a character
/// could change how the rest of its line is displayed.
const fn reorders(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Checks and trims a line of text of at most `max` characters. It must not contain angle brackets,
/// control characters, or characters that change the direction of the text. A line without visible
/// characters becomes empty, unless it contains a line break or NUL.
///
/// # Errors
/// `format-invalid` or `text-too-long` (`max`).
pub fn line(text: &str, max: usize) -> Result<String, ValidationError> {
    if is_blank(text) && !text.contains(['\r', '\n', '\0']) {
        return Ok(String::new());
    }
    if text.contains(['<', '>']) {
        Err(ValidationError::new(ErrorCode::FormatInvalid))
    } else {
        line_with_brackets(text, max)
    }
}

/// Returns a line of text that is not blank.
///
/// # Errors
/// `required`, and as [`line()`].
pub fn required_line(text: &str, max: usize) -> Result<String, ValidationError> {
    if is_blank(text) { Err(ValidationError::new(ErrorCode::Required)) } else { line(text, max) }
}

/// Checks and trims a line of text that can contain angle brackets. It has at most `max`
/// characters, and none of the other characters that [`line()`] refuses.
///
/// # Errors
/// As [`line()`].
pub fn line_with_brackets(text: &str, max: usize) -> Result<String, ValidationError> {
    if text.contains(|c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}' || reorders(c))
    {
        return Err(ValidationError::new(ErrorCode::FormatInvalid));
    }
    check_length(text, max)
}

/// Returns a line of text that consists of allowed characters only.
///
/// # Errors
/// As [`line()`].
pub fn line_of(
    text: &str,
    max: usize,
    allowed: impl Fn(char) -> bool,
) -> Result<String, ValidationError> {
    let text = line(text, max)?;
    if text.chars().all(allowed) {
        Ok(text)
    } else {
        Err(ValidationError::new(ErrorCode::FormatInvalid))
    }
}

/// Checks and trims a text of several lines. CRLF and CR become LF. Tabs and line breaks are the
/// only control characters allowed. Characters that change the direction of the text are refused.
///
/// # Errors
/// As [`line()`].
pub fn multiline(text: &str, max: usize) -> Result<String, ValidationError> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.contains(|c: char| (c.is_control() && c != '\n' && c != '\t') || reorders(c)) {
        return Err(ValidationError::new(ErrorCode::FormatInvalid));
    }
    check_length(&text, max)
}

fn check_length(text: &str, max: usize) -> Result<String, ValidationError> {
    let text = nfc(text.trim());
    if text.chars().count() > max {
        return Err(ValidationError::new(ErrorCode::TextTooLong).with("max", max));
    }
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_lines_are_empty() {
        for text in ["", "  ", "\u{a0}", "\u{200b}\u{feff}", "\u{3164}", "\u{2003}\t"] {
            assert_eq!(line(text, 10), Ok(String::new()), "{text:?}");
        }
    }

    #[test]
    fn control_characters_and_brackets_are_refused() {
        for text in [
            "a\nb",
            "a\rb",
            "a\0b",
            "a\tb",
            "a\u{85}b",
            "a\u{2028}b",
            "a\u{2029}b",
            "A <b>",
            "x\u{202e}y",
            "\n",
        ] {
            assert_eq!(line(text, 10).unwrap_err().code.as_str(), "format-invalid", "{text:?}");
        }
    }

    #[test]
    fn names_are_kept_exactly() {
        for text in ["O'Neil \\ \"Q\"", "Smile 😀 Inc", "Full & Co. \"KG\"", "محمد", "Zoë"] {
            assert_eq!(line(text, 255), Ok(text.to_owned()));
        }
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(line(&"ü".repeat(255), 255), Ok("ü".repeat(255)));
        assert_eq!(
            line(&"ü".repeat(256), 255).unwrap_err(),
            ValidationError::new(ErrorCode::TextTooLong).with("max", 255_u64)
        );
    }

    #[test]
    fn letters_are_composed() {
        assert_eq!(nfc("Mu\u{308}ller"), "Müller");
        assert!(
            matches!(nfc("Müller 株式会社"), Cow::Borrowed(_)),
            "a composed text is not copied"
        );
        assert_eq!(line("Ko\u{308}ln", 4), Ok("Köln".to_owned()), "counted as composed text");
        assert_eq!(multiline("a\u{30a}\n", 10), Ok("å".to_owned()));
    }

    #[test]
    fn notes_keep_their_lines() {
        assert_eq!(multiline("a\r\nb\rc\td", 100), Ok("a\nb\nc\td".to_owned()));
        for text in ["a\0b", "a\u{85}b", "x\u{202e}y"] {
            assert_eq!(multiline(text, 100), Err(ValidationError::new(ErrorCode::FormatInvalid)));
        }
    }

    #[test]
    fn required_lines_are_not_blank() {
        for (text, expected) in
            [(" Lee ", Ok("Lee")), (" \u{200b}", Err("required")), ("a\n", Err("format-invalid"))]
        {
            let read = required_line(text, 10).map_err(|error| error.code.as_str());
            assert_eq!(read.as_deref().map_err(|code| *code), expected, "{text:?}");
        }
        assert_eq!(line_of("a1 ", 10, |c| c.is_ascii_alphanumeric()), Ok("a1".to_owned()));
        assert_eq!(line_with_brackets(" <b>", 10), Ok("<b>".to_owned()));
    }
}
