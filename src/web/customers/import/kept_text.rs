//! Pasted text that comes back for correction, without the passwords in it.

use services::customers::import::Sheet;
use std::borrow::Cow;

/// The text as it was pasted; where it has passwords, those are left out. Gives whether any were. A
/// text with a column for passwords that could not be read as a table does not come back at all,
/// since nobody can tell what of it they are.
pub(super) fn without_passwords<'a>(text: &'a str, sheet: Option<&Sheet>) -> (Cow<'a, str>, bool) {
    match sheet {
        Some(sheet) => match sheet.without_passwords() {
            Some(text) => (Cow::Owned(text), true),
            None => (Cow::Borrowed(text), false),
        },
        None if Sheet::may_have_passwords(text) => (Cow::Borrowed(""), true),
        None => (Cow::Borrowed(text), false),
    }
}
