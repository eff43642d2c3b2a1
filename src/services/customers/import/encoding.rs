//! Character encodings of CSV files, and their detection.

use encoding_rs::Encoding;

/// A character encoding of a CSV file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextEncoding {
    /// With or without a byte order mark.
    Utf8,
    /// Little-endian, which Excel writes as "Unicode text".
    Utf16Le,
    Utf16Be,
    /// Western European, which Excel writes as CSV on Windows.
    Windows1252,
    /// Western European with the euro sign (Latin-9).
    Iso8859_15,
}

/// Number of bytes at the beginning of a file that are checked for UTF-16 without a byte order
/// mark.
const SAMPLE_SIZE: usize = 4096;

impl TextEncoding {
    /// All encodings, the most common first.
    pub const ALL: [Self; 5] =
        [Self::Utf8, Self::Windows1252, Self::Iso8859_15, Self::Utf16Le, Self::Utf16Be];

    /// Returns the code for forms, options and the database.
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

    /// Returns the name to display.
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

    /// Parses a code, ignoring case.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.code().eq_ignore_ascii_case(code.trim()))
    }

    /// Detects the encoding of a file. These rules are tried in order:
    ///
    /// 1. The byte order mark.
    /// 2. The pattern of zero bytes of UTF-16.
    /// 3. UTF-8 if at least half of the sequences beyond ASCII are valid UTF-8, or if there are
    ///    none.
    /// 4. ISO-8859-15 if no byte is one of its control characters (0x80 to 0x9f) and the file has
    ///    its euro sign or one of its accented letters beside a letter.
    /// 5. Windows-1252.
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
        if let Some(encoding) = detect_utf16(file) {
            return encoding;
        }
        if is_mostly_utf8(file) {
            return Self::Utf8;
        }
        let is_latin_9 = !file.iter().any(|byte| matches!(byte, 0x80..=0x9f))
            && file.windows(3).any(suggests_latin_9);
        if is_latin_9 { Self::Iso8859_15 } else { Self::Windows1252 }
    }

    /// Returns a decoder that removes the byte order mark.
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

/// Returns whether a file is UTF-8, possibly with a few damaged bytes. Texts in single-byte
/// encodings have hardly any sequence that is valid UTF-8 beyond ASCII. A damaged file is later
/// refused, which is better than importing it with wrong letters.
fn is_mostly_utf8(file: &[u8]) -> bool {
    let (mut characters, mut invalid) = (0, 0);
    for chunk in file.utf8_chunks() {
        characters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    characters >= invalid
}

/// Detects UTF-16 without a byte order mark by its zero bytes. Each Western letter has one.
fn detect_utf16(file: &[u8]) -> Option<TextEncoding> {
    let pairs: Vec<&[u8]> = file[..file.len().min(SAMPLE_SIZE)].chunks_exact(2).collect();
    let zeros = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count();
    let is_majority = |count: usize| pairs.len() >= 2 && count * 10 >= pairs.len() * 7;
    match (zeros(0), zeros(1)) {
        (0, low) if is_majority(low) => Some(TextEncoding::Utf16Le),
        (high, 0) if is_majority(high) => Some(TextEncoding::Utf16Be),
        _ => None,
    }
}

/// Returns whether the middle byte of three suggests ISO-8859-15. These bytes are signs such as ¤,
/// ¦ and ½ in Windows-1252. In ISO-8859-15 they are the euro sign and letters.
fn suggests_latin_9(bytes: &[u8]) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte >= 0xc0;
    match bytes[1] {
        0xa4 => true,
        0xa6 | 0xa8 | 0xb4 | 0xb8 | 0xbc..=0xbe => is_letter(bytes[0]) || is_letter(bytes[2]),
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
