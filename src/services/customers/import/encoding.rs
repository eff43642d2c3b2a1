//! Which characters the bytes of a file stand for.

use encoding_rs::Encoding;

/// A character encoding that a CSV file may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextEncoding {
    /// With or without a byte order mark.
    Utf8,
    /// Little-endian, as Excel writes "Unicode text".
    Utf16Le,
    /// Big-endian.
    Utf16Be,
    /// Western European, as Excel writes CSV on Windows.
    Windows1252,
    /// Western European with the euro sign (Latin-9).
    Iso8859_15,
}

/// How much of a file is looked at for the pattern of UTF-16.
const SAMPLE: usize = 4096;

impl TextEncoding {
    /// Every encoding, the most usual first.
    pub const ALL: [Self; 5] =
        [Self::Utf8, Self::Windows1252, Self::Iso8859_15, Self::Utf16Le, Self::Utf16Be];

    /// As forms, options and the database have it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1252 => "windows-1252",
            Self::Iso8859_15 => "iso-8859-15",
        }
    }

    /// As people know it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Windows1252 => "Windows-1252",
            Self::Iso8859_15 => "ISO-8859-15",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.code().eq_ignore_ascii_case(code.trim()))
    }

    /// Detects the encoding of a file: its byte order mark, or else the zero bytes of UTF-16, or
    /// else UTF-8 if most of it is. What remains has one byte a character. Windows-1252 and
    /// ISO-8859-15 differ in few of them: bytes that are control characters in the latter decide
    /// for the former; the euro sign or an accented letter beside a letter decides for the latter.
    #[must_use]
    pub fn detect(file: &[u8]) -> Self {
        if let Some((encoding, _)) = Encoding::for_bom(file) {
            return if encoding == encoding_rs::UTF_16LE {
                Self::Utf16Le
            } else if encoding == encoding_rs::UTF_16BE {
                Self::Utf16Be
            } else {
                Self::Utf8
            };
        }
        if let Some(encoding) = without_mark(file) {
            return encoding;
        }
        if is_mostly_utf8(file) {
            return Self::Utf8;
        }
        let is_latin_9 = !file.iter().any(|byte| matches!(byte, 0x80..=0x9f))
            && file.windows(3).any(is_of_latin_9);
        if is_latin_9 { Self::Iso8859_15 } else { Self::Windows1252 }
    }

    /// What decodes it.
    pub(super) fn decoder(self) -> encoding_rs::Decoder {
        let encoding = match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
            Self::Iso8859_15 => encoding_rs::ISO_8859_15,
        };
        encoding.new_decoder_with_bom_removal()
    }
}

/// Whether a file is UTF-8, or would be but for a few bytes: text of one byte a character has
/// hardly any sequence that happens to be a character of UTF-8. Such a file is refused as damaged,
/// which is better than to import it with wrong letters.
fn is_mostly_utf8(file: &[u8]) -> bool {
    let (mut characters, mut invalid) = (0, 0);
    for chunk in file.utf8_chunks() {
        characters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    invalid == 0 || characters >= invalid
}

/// UTF-16 of mostly Western letters has a zero byte in every pair.
fn without_mark(file: &[u8]) -> Option<TextEncoding> {
    let pairs: Vec<&[u8]> = file[..file.len().min(SAMPLE)].chunks_exact(2).collect();
    let zeros = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count();
    let mostly = |count: usize| pairs.len() >= 2 && count * 10 >= pairs.len() * 7;
    match (zeros(0), zeros(1)) {
        (0, low) if mostly(low) => Some(TextEncoding::Utf16Le),
        (high, 0) if mostly(high) => Some(TextEncoding::Utf16Be),
        _ => None,
    }
}

/// In Windows-1252 these bytes are signs such as ¤, ¦ and ½; in ISO-8859-15 they are the euro sign
/// and letters.
fn is_of_latin_9(three: &[u8]) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphabetic() || byte >= 0xc0;
    match three[1] {
        0xa4 => true,
        0xa6 | 0xa8 | 0xb4 | 0xb8 | 0xbc..=0xbe => letter(three[0]) || letter(three[2]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_detected() {
        for (bytes, expected) in [
            (b"email\na@b".as_slice(), TextEncoding::Utf8),
            ("K\u{f6}ln".as_bytes(), TextEncoding::Utf8),
            (b"\xef\xbb\xbfemail", TextEncoding::Utf8),
            (b"\xff\xfee\0", TextEncoding::Utf16Le),
            (b"\xfe\xff\0e", TextEncoding::Utf16Be),
            (b"e\0m\0a\0i\0l\0", TextEncoding::Utf16Le),
            (b"\0e\0m\0a\0i\0l", TextEncoding::Utf16Be),
            (b"K\xf6ln", TextEncoding::Windows1252),
            (b"J\xc3\xb6rg, M\xc3\xbcller, M\xfcller", TextEncoding::Utf8),
            (b"\xc3\x9f and M\xfcller, K\xf6ln", TextEncoding::Windows1252),
            (b"5 \x80", TextEncoding::Windows1252),
            (b"5 \xa4;", TextEncoding::Iso8859_15),
            (b"D\xbdring \xbc", TextEncoding::Iso8859_15),
            (b" 1 \xbd kg", TextEncoding::Windows1252),
        ] {
            assert_eq!(TextEncoding::detect(bytes), expected, "{bytes:?}");
        }
    }
}
