//! Parameters of a compatible call that were ignored, wholly or in part. A response header names
//! them, so that authors of clients can find mistakes.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The header that names ignored parameters.
pub const HEADER: &str = "x-clientele-ignored";
/// Maximum number of names in the header. The number of further names follows the last one.
const MAX_NAMES: usize = 20;
/// Maximum length of an encoded name, in characters.
const MAX_NAME: usize = 60;
/// Characters that are percent-encoded.
const ENCODED: AsciiSet = NON_ALPHANUMERIC.remove(b'_').remove(b'-').remove(b'.');

/// Names of parameters, sorted and without duplicates.
#[derive(Debug, Default)]
pub struct IgnoredParameters(RefCell<BTreeSet<String>>);

impl IgnoredParameters {
    pub(super) fn note(&self, name: &str) {
        self.0.borrow_mut().insert(name.to_owned());
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.borrow().contains(name)
    }

    /// Returns the value of the header, or `None` if nothing was ignored. Names come from clients,
    /// so all characters except letters, digits, `_`, `-` and `.` are percent-encoded.
    #[must_use]
    pub fn header(&self) -> Option<String> {
        let names = self.0.borrow();
        let mut header = String::new();
        for name in names.iter().take(MAX_NAMES) {
            if !header.is_empty() {
                header.push_str(", ");
            }
            header.push_str(&encode(name));
        }
        if names.len() > MAX_NAMES {
            let _ = write!(header, ", +{}", names.len() - MAX_NAMES);
        }
        (!names.is_empty()).then_some(header)
    }
}

/// Returns the encoded name, without the characters whose escapes do not fit.
fn encode(name: &str) -> String {
    let mut encoded = String::new();
    let mut buffer = [0; 4];
    for character in name.chars() {
        let end = encoded.len();
        encoded.extend(utf8_percent_encode(character.encode_utf8(&mut buffer), &ENCODED));
        if encoded.len() > MAX_NAME {
            encoded.truncate(end);
            break;
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_holds_names_and_nothing_else() {
        let ignored = IgnoredParameters::default();
        assert_eq!(ignored.header(), None);
        for name in ["type_2fa", "data_2fa", "a\r\nSet-Cookie: x", "ü"] {
            ignored.note(name);
        }
        assert_eq!(
            ignored.header().as_deref(),
            Some("a%0D%0ASet-Cookie%3A%20x, data_2fa, type_2fa, %C3%BC")
        );
    }

    #[test]
    fn a_long_name_ends_with_a_whole_character() {
        let (fitting, cut) = ("a".repeat(54), "a".repeat(55));
        assert_eq!(encode(&format!("{fitting}üü")), format!("{fitting}%C3%BC"));
        assert_eq!(encode(&format!("{cut}üü")), cut);
        assert_eq!(encode(&"a".repeat(61)), "a".repeat(60));
    }

    #[test]
    fn a_header_is_bounded() {
        let ignored = IgnoredParameters::default();
        for n in 0..5_000 {
            ignored.note(&format!("{n:04}{}", "\u{1}".repeat(1_000)));
        }
        let header = ignored.header().unwrap();
        assert!(header.len() < 1_300 && header.ends_with(", +4980"), "{header}");
    }
}
