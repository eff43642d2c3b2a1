//! The types of parameters, and how each is read from the values that programs, forms and files
//! send.

use super::declared::Kind;
use crate::account::{Gender, Language, Theme};
use crate::email::Email;
use crate::fault::{Code, Fault};
use crate::grants::Grant;
use crate::id::{AdminId, MysqlServerId, PhpConfigId, PlanId};
use crate::quota::Quota;
use crate::secret::Secret;
use crate::unit::Unit;
use crate::{phone, text};
use serde_json::Value;

/// The maximum number of ids in a list. Databases limit the number of values in a statement.
const IDS_MAX: usize = 1000;
/// The maximum length of a line, in characters.
const LINE_MAX: usize = 255;
/// The maximum length of the reason for a suspension, in characters.
pub const REASON_MAX: usize = 500;
/// The maximum length of a text with several lines, in characters.
const MULTILINE_MAX: usize = 20_000;

/// A type that a parameter can have.
pub trait Parameter: Clone + Sized {
    /// The type as documentation and help texts show it.
    const KIND: Kind;

    /// Reads a value. Returns `None` for a value that means the same as no value.
    ///
    /// # Errors
    /// The validation error of the value.
    fn read(value: Value) -> Result<Option<Self>, Fault>;
}

/// Returns a text, trimmed and in Unicode's composed form (NFC). A number is accepted as it is
/// written.
///
/// # Errors
/// `type-text`.
pub fn text_of(value: Value) -> Result<String, Fault> {
    match value {
        Value::String(sent) => {
            Ok(text::nfc(sent.trim_matches([' ', '\t', '\n', '\r', '\u{a0}'])).into_owned())
        }
        Value::Number(number) => Ok(number.to_string()),
        _ => Err(Fault::new(Code::TypeText)),
    }
}

/// Declares types of texts, each with its rule.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_types {
    ($($(#[$doc:meta])* $Name:ident = $rule:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $Name(pub String);

        impl $crate::request::Parameter for $Name {
            const KIND: $crate::request::Kind = $crate::request::Kind::Text;

            fn read(value: serde_json::Value) -> Result<Option<Self>, $crate::fault::Fault> {
                let rule: fn(&str) -> Result<String, $crate::fault::Fault> = $rule;
                rule(&$crate::request::text_of(value)?).map(Self).map(Some)
            }
        }

        impl From<$Name> for String {
            fn from(text: $Name) -> Self {
                text.0
            }
        }

        impl AsRef<str> for $Name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    )+};
}

pub use __text_types as text_types;

text_types! {
    /// A text that is validated later, by rules that the provider sets.
    Text = |sent| Ok(sent.to_owned());
    /// One line.
    Line = |sent| text::line(sent, LINE_MAX);
    /// One line that must not be blank.
    Name = |sent| if text::is_blank(sent) { Err(Fault::new(Code::Required)) } else { text::line(sent, LINE_MAX) };
    /// The reason for a suspension: one line.
    Reason = |sent| text::line(sent, REASON_MAX);
    /// A text of several lines.
    Multiline = |sent| text::multiline(sent, MULTILINE_MAX);
    /// A postal code: digits, capital letters, spaces and hyphens.
    Zipcode = |sent| text::line_of(sent, 25, |c| c.is_ascii_digit() || c.is_ascii_uppercase() || c == ' ' || c == '-');
    /// A phone or fax number.
    Phone = phone::parse;
    /// The provider's own number for a customer: letters, digits, spaces and hyphens.
    CustomerNumber = |sent| text::line_of(sent, 100, |c| c.is_ascii_alphanumeric() || c == ' ' || c == '-');
}

impl Parameter for Email {
    const KIND: Kind = Kind::Text;

    fn read(value: Value) -> Result<Option<Self>, Fault> {
        let sent = text_of(value)?;
        if text::is_blank(&sent) {
            Err(Fault::new(Code::Required))
        } else {
            Self::parse(&sent).map(Some)
        }
    }
}

impl Parameter for Gender {
    const KIND: Kind = Kind::Choice(Self::NAMES);

    fn read(value: Value) -> Result<Option<Self>, Fault> {
        let sent = text_of(value)?;
        if sent.is_empty() { Ok(Some(Self::None)) } else { Self::parse(&sent).map(Some) }
    }
}

/// A new name. An empty text keeps the stored name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewName(pub String);

impl Parameter for NewName {
    const KIND: Kind = Kind::Text;

    fn read(value: Value) -> Result<Option<Self>, Fault> {
        let sent = text_of(value)?;
        if sent.is_empty() {
            Ok(None)
        } else {
            Ok(Name::read(sent.into())?.map(|name| Self(name.0)))
        }
    }
}

impl From<NewName> for String {
    fn from(name: NewName) -> Self {
        name.0
    }
}

macro_rules! choices {
    ($($Name:ident),+) => {$(
        impl Parameter for $Name {
            const KIND: Kind = Kind::Choice(Self::NAMES);

            /// An empty text is the same as no value, which stands for the default or the stored
            /// value.
            fn read(value: Value) -> Result<Option<Self>, Fault> {
                let sent = text_of(value)?;
                if sent.is_empty() { Ok(None) } else { Self::parse(&sent).map(Some) }
            }
        }
    )+};
}

choices!(Language, Theme);

/// Passwords are not trimmed. An empty one is the same as no value.
impl Parameter for Secret {
    const KIND: Kind = Kind::Secret;

    fn read(value: Value) -> Result<Option<Self>, Fault> {
        match value {
            Value::String(text) => Ok(Some(Self::new(text)).filter(|secret| !secret.is_empty())),
            _ => Err(Fault::new(Code::TypeText)),
        }
    }
}

/// A switch: `true`, `"true"`, numbers except 0, `"1"`, `"on"`, `"yes"` and their opposites. An
/// empty text is off.
impl Parameter for bool {
    const KIND: Kind = Kind::Flag;

    fn read(value: Value) -> Result<Option<Self>, Fault> {
        let invalid = Fault::new(Code::TypeFlag);
        match value {
            Value::Bool(flag) => Ok(Some(flag)),
            Value::Number(number) => Ok(Some(number.as_f64() != Some(0.0))),
            Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "on" | "yes" => Ok(Some(true)),
                "" | "false" | "off" | "no" => Ok(Some(false)),
                text => text.parse::<i64>().map(|n| Some(n != 0)).map_err(|_| invalid),
            },
            _ => Err(invalid),
        }
    }
}

/// A whole number. An empty text is the same as no value.
impl Parameter for i64 {
    const KIND: Kind = Kind::Integer;

    fn read(value: Value) -> Result<Option<Self>, Fault> {
        match value {
            Value::Number(number) => {
                number.as_i64().map(Some).ok_or(Fault::new(Code::NumberInvalid))
            }
            Value::String(text) if text.trim().is_empty() => Ok(None),
            Value::String(text) => {
                text.trim().parse().map(Some).map_err(|_| Fault::new(Code::NumberInvalid))
            }
            _ => Err(Fault::new(Code::TypeNumber)),
        }
    }
}

fn id_of(value: Value) -> Result<Option<i64>, Fault> {
    match i64::read(value)? {
        Some(id) if id < 0 => Err(Fault::new(Code::NumberNegative)),
        id => Ok(id.filter(|id| *id > 0)),
    }
}

macro_rules! ids {
    ($($Name:ident),+) => {$(
        /// Ids begin at 1. 0 and an empty text are the same as no value.
        impl Parameter for $Name {
            const KIND: Kind = Kind::Integer;

            fn read(value: Value) -> Result<Option<Self>, Fault> {
                Ok(id_of(value)?.map(Self))
            }
        }
    )+};
}

ids!(AdminId, RowId);

/// The id of the row that a command is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowId(pub i64);

macro_rules! raw_values {
    ($($(#[$doc:meta])* $Name:ident = $kind:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $Name(pub Value);

        impl Parameter for $Name {
            const KIND: Kind = Kind::$kind;

            fn read(value: Value) -> Result<Option<Self>, Fault> {
                Ok(Some(Self(value)))
            }
        }
    )+};
}

raw_values! {
    /// Conditions on columns. The list that is searched reads them.
    Conditions = Search;
    /// Columns and directions. The list that is sorted reads them.
    Ordering = Order;
}

/// A reference that can be removed. 0 and an empty text mean "none", which is a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<T>(pub Option<T>);

impl Parameter for Reference<PlanId> {
    const KIND: Kind = Kind::Integer;

    fn read(value: Value) -> Result<Option<Self>, Fault> {
        Ok(Some(Self(id_of(value)?.map(PlanId))))
    }
}

/// A limit in units of `SIZE` bytes, or a count if `SIZE` is 1. -1 is unlimited, as in the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount<const SIZE: u64>(pub Quota);

impl<const SIZE: u64> From<Amount<SIZE>> for Quota {
    fn from(amount: Amount<SIZE>) -> Self {
        amount.0
    }
}

impl<const SIZE: u64> Parameter for Amount<SIZE> {
    const KIND: Kind = Kind::Limit(Unit::of_size(SIZE));

    fn read(value: Value) -> Result<Option<Self>, Fault> {
        let text = match value {
            Value::Number(number) => plain(&number),
            Value::String(text) if text.trim().is_empty() => return Ok(None),
            Value::String(text) => text,
            _ => return Err(Fault::new(Code::TypeNumber)),
        };
        if text.trim() == "-1" {
            Ok(Some(Self(Quota::Unlimited)))
        } else {
            Quota::parse(&text, SIZE).map(Self).map(Some)
        }
    }
}

/// Formats a JSON number without an exponent, because limits are parsed digit by digit.
fn plain(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(float) if !number.is_i64() && !number.is_u64() => format!("{float}"),
        _ => number.to_string(),
    }
}

macro_rules! lists {
    ($($Name:ident),+) => {$(
        /// A list of ids, sorted and without duplicates.
        impl Parameter for Vec<$Name> {
            const KIND: Kind = Kind::Ids;

            fn read(value: Value) -> Result<Option<Self>, Fault> {
                Ok(Some(ids_of(&value)?.into_iter().map($Name).collect()))
            }
        }

        /// The items that an admin can assign: ids, or -1 for all.
        impl Parameter for Grant<$Name> {
            const KIND: Kind = Kind::Ids;

            fn read(value: Value) -> Result<Option<Self>, Fault> {
                Ok(Some(Self::of(&ids_of(&value)?, $Name)))
            }
        }
    )+};
}

lists!(PhpConfigId, MysqlServerId);

/// Reads ids from a list, from a JSON list in a text, or from a text with commas.
fn ids_of(value: &Value) -> Result<Vec<i64>, Fault> {
    let invalid = || Fault::new(Code::IdsInvalid);
    let one = |value: &Value| match value {
        Value::Number(number) => number.as_i64().ok_or_else(invalid),
        Value::String(text) => text.trim().parse().map_err(|_| invalid()),
        _ => Err(invalid()),
    };
    // Forms send an empty text beside the checkboxes, so that a list is sent even if none is
    // checked.
    let all = |values: &[Value]| {
        values.iter().filter(|value| *value != "").map(one).collect::<Result<Vec<i64>, Fault>>()
    };
    let mut ids = match value {
        Value::Array(values) => all(values)?,
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::String(text) if text.trim_start().starts_with('[') => {
            all(&serde_json::from_str::<Vec<Value>>(text).map_err(|_| invalid())?)?
        }
        Value::String(text) => text
            .split(',')
            .map(|part| part.trim().parse().map_err(|_| invalid()))
            .collect::<Result<Vec<i64>, Fault>>()?,
        Value::Number(_) => vec![one(value)?],
        // PHP encodes a list with missing indices as an object with numbers as names.
        Value::Object(map) if map.keys().all(|key| key.parse::<u64>().is_ok()) => {
            map.values().map(one).collect::<Result<Vec<i64>, Fault>>()?
        }
        _ => return Err(invalid()),
    };
    ids.sort_unstable();
    ids.dedup();
    if ids.len() > IDS_MAX {
        Err(Fault::new(Code::IdsTooMany).with("max", IDS_MAX))
    } else {
        Ok(ids)
    }
}

#[cfg(test)]
#[path = "value_tests.rs"]
mod tests;
