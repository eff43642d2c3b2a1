//! Parameters as any door sends them: names and JSON values. The panel and the command line send texts, the API what its
//! clients wrote. One reading for all, and every fault at once.

mod values;

use crate::domain::account::Language;
use crate::domain::fault::{Fault, FieldFaults};
use crate::domain::number::Notation;
use crate::domain::quota::Quota;
use crate::domain::resources::Resource;
use crate::domain::text::nfc;
use serde_json::Value;
use std::collections::BTreeMap;
use values::{flag_of, ids_of, plain};

/// The parameters of one command, and the faults found while reading them.
#[derive(Debug, Default)]
pub struct Params {
    values: BTreeMap<String, Value>,
    notation: Notation,
    /// Faults so far.
    pub faults: FieldFaults,
}

impl Params {
    /// Parameters from any source. Texts are trimmed; null is the same as absent.
    #[must_use]
    pub fn new(values: impl IntoIterator<Item = (String, Value)>) -> Self {
        let values = values.into_iter().filter(|(_, value)| !value.is_null()).collect();
        Self { values, ..Self::default() }
    }

    /// Parameters that a person typed: limits are read as people write numbers.
    #[must_use]
    pub fn typed(values: impl IntoIterator<Item = (String, Value)>) -> Self {
        Self { notation: Notation::Person(None), ..Self::new(values) }
    }

    /// The same, typed by somebody whose language is this: it tells thousands from fractions.
    #[must_use]
    pub fn in_language(self, language: Language) -> Self {
        Self { notation: Notation::Person(Some(language)), ..self }
    }

    /// How numbers are written in it.
    #[must_use]
    pub const fn notation(&self) -> Notation {
        self.notation
    }

    /// Takes a parameter out.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        #[cfg(test)]
        asked::note(name);
        self.values.remove(name)
    }

    /// Whether a parameter was sent and not read yet.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        #[cfg(test)]
        asked::note(name);
        self.values.contains_key(name)
    }

    /// Leaves out the parameters that are not to be kept.
    pub fn retain(&mut self, keep: impl Fn(&str, &Value) -> bool) {
        self.values.retain(|name, value| keep(name, value));
    }

    /// A text as it was sent, trimmed, without taking it out.
    #[must_use]
    pub fn peek_text(&self, name: &str) -> Option<String> {
        self.values.get(name)?.as_str().map(|text| nfc(text.trim()).into_owned())
    }

    /// A text, trimmed, in Unicode's composed form. A number is taken as it is written.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let text = match self.take(name)? {
            Value::String(text) => Ok(nfc(text.trim_matches([' ', '\t', '\n', '\r', '\u{a0}'])).into_owned()),
            Value::Number(number) => Ok(number.to_string()),
            _ => Err(Fault::new("type-text")),
        };
        self.faults.keep(name, text)
    }

    /// A text that is not touched: passwords.
    pub fn secret(&mut self, name: &str) -> Option<String> {
        let text = match self.take(name)? {
            Value::String(text) => Ok(text),
            _ => Err(Fault::new("type-text")),
        };
        self.faults.keep(name, text).filter(|text| !text.is_empty())
    }

    /// A text read by a parser.
    pub fn parsed<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, Fault>) -> Option<T> {
        let text = self.text(name)?;
        self.faults.keep(name, parse(&text))
    }

    /// A choice read by a parser; the empty text is the same as absent: the default, or what is stored.
    pub fn choice<T>(&mut self, name: &str, parse: impl Fn(&str) -> Result<T, Fault>) -> Option<T> {
        self.parsed(name, |text| if text.is_empty() { Ok(None) } else { parse(text).map(Some) }).flatten()
    }

    /// A switch: `true`, `"true"`, numbers but 0, `"1"`, `"on"`, `"yes"` and their opposites; an empty text is off.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        let flag = match self.take(name)? {
            Value::Bool(flag) => Ok(flag),
            Value::Number(number) => Ok(number.as_f64() != Some(0.0)),
            Value::String(text) => flag_of(&text),
            _ => Err(Fault::new("type-flag")),
        };
        self.faults.keep(name, flag)
    }

    /// A whole number.
    pub fn number(&mut self, name: &str) -> Option<i64> {
        let number = match self.take(name)? {
            Value::Number(number) => number.as_i64().ok_or(Fault::new("number-invalid")),
            Value::String(text) if text.trim().is_empty() => return None,
            Value::String(text) => text.trim().parse().map_err(|_| Fault::new("number-invalid")),
            _ => Err(Fault::new("type-number")),
        };
        self.faults.keep(name, number)
    }

    /// An id; 0 and the empty text are none.
    pub fn id(&mut self, name: &str) -> Option<i64> {
        let id = self.number(name)?;
        if id < 0 {
            self.faults.push(name, Fault::new("number-negative"));
        }
        Some(id).filter(|id| *id > 0)
    }

    /// Several ids, sorted, each once: a list, a JSON list in a text, or texts separated by commas.
    pub fn ids(&mut self, name: &str) -> Option<Vec<i64>> {
        let value = self.take(name)?;
        let ids = ids_of(&value);
        self.faults.keep(name, ids)
    }

    /// A limit and its `_ul` switch. -1 means unlimited, as clients of the API have it.
    pub fn quota(&mut self, resource: Resource) -> Option<Quota> {
        self.quota_named(resource.name(), resource.unlimited_name(), resource.unit().size())
    }

    /// The same for any name.
    pub fn quota_named(&mut self, name: &str, unlimited_name: &str, unit: u64) -> Option<Quota> {
        let value = self.take(name);
        if self.flag(unlimited_name) == Some(true) {
            return Some(Quota::Unlimited);
        }
        let quota = match value? {
            Value::Number(number) => match plain(&number).as_str() {
                "-1" => Ok(Quota::Unlimited),
                text => Quota::parse(text, unit),
            },
            Value::String(text) if text.trim().is_empty() => return None,
            Value::String(text) if text.trim() == "-1" => Ok(Quota::Unlimited),
            Value::String(text) => Quota::read(&text, unit, self.notation),
            _ => Err(Fault::new("type-number")),
        };
        self.faults.keep(name, quota)
    }

    /// Notes every parameter that nobody read.
    pub fn refuse_unknown(&mut self) {
        for name in std::mem::take(&mut self.values).into_keys() {
            self.faults.push(&name, Fault::new("parameter-unknown"));
        }
    }

    /// The names that nobody read so far.
    pub fn unread(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// `Ok(value)` where nothing was wrong.
    ///
    /// # Errors
    /// The faults.
    pub fn finish<T>(self, value: T) -> Result<T, FieldFaults> {
        self.faults.or(value)
    }
}

/// Which names were asked for: tests compare them with what doors declare.
#[cfg(test)]
pub mod asked {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    thread_local! {
        static NAMES: RefCell<BTreeSet<String>> = RefCell::default();
    }

    pub(super) fn note(name: &str) {
        NAMES.with_borrow_mut(|names| names.insert(name.to_owned()));
    }

    /// The names asked for on this thread since the last look.
    #[must_use]
    pub fn taken() -> BTreeSet<String> {
        NAMES.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn params(value: Value) -> Params {
        let Value::Object(map) = value else { panic!("an object") };
        Params::new(map)
    }

    #[test]
    fn switches_in_every_spelling() {
        for (value, expected) in [
            (json!(true), true),
            (json!("true"), true),
            (json!(1), true),
            (json!("1"), true),
            (json!(4), true),
            (json!("on"), true),
            (json!(false), false),
            (json!("0"), false),
            (json!(""), false),
            (json!(0), false),
        ] {
            assert_eq!(params(json!({ "x": value })).flag("x"), Some(expected), "{value}");
        }
        for value in [json!([]), json!({}), json!("perhaps")] {
            let mut params = params(json!({ "x": value }));
            assert_eq!(params.flag("x"), None);
            assert!(params.faults.has("x"));
        }
    }

    #[test]
    fn limits_and_their_switch() {
        let read = |value: Value| {
            let mut params = params(value);
            let quota = params.quota(Resource::Diskspace);
            params.finish(quota).map_err(|faults| faults.iter().next().map(|(_, faults)| faults[0].code).unwrap())
        };
        assert_eq!(read(json!({ "diskspace": 5 })), Ok(Some(Quota::Limited(5 << 20))));
        assert_eq!(read(json!({ "diskspace": "0.5" })), Ok(Some(Quota::Limited(1 << 19))));
        assert_eq!(read(json!({ "diskspace": 5, "diskspace_ul": 1 })), Ok(Some(Quota::Unlimited)));
        assert_eq!(read(json!({ "diskspace_ul": true })), Ok(Some(Quota::Unlimited)));
        assert_eq!(read(json!({ "diskspace": -1 })), Ok(Some(Quota::Unlimited)));
        assert_eq!(read(json!({ "diskspace": -1.0 })), Ok(Some(Quota::Unlimited)));
        assert_eq!(read(json!({ "diskspace": "" })), Ok(None));
        assert_eq!(read(json!({})), Ok(None));
        assert_eq!(read(json!({ "diskspace": -5 })), Err("number-negative"));
        assert_eq!(read(json!({ "diskspace": "abc" })), Err("number-invalid"));
        assert_eq!(read(json!({ "diskspace": [5] })), Err("type-number"));
    }

    #[test]
    fn ids_in_every_spelling() {
        for value in [json!([3, "1", 3]), json!("[1,3]"), json!("3, 1")] {
            assert_eq!(params(json!({ "x": value })).ids("x"), Some(vec![1, 3]));
        }
        assert_eq!(params(json!({ "x": [] })).ids("x"), Some(vec![]));
        assert_eq!(params(json!({ "x": 0 })).ids("x"), Some(vec![0]));
        assert_eq!(params(json!({ "x": ["a"] })).ids("x"), None);
        assert_eq!(params(json!({ "x": (0..1000).collect::<Vec<_>>() })).ids("x").map(|ids| ids.len()), Some(1000));
        assert_eq!(params(json!({ "x": (0..1001).collect::<Vec<_>>() })).ids("x"), None);
    }

    #[test]
    fn what_nobody_reads_is_named() {
        let mut params = params(json!({ "known": "x", "foo": 1 }));
        params.text("known");
        params.refuse_unknown();
        assert!(params.faults.has("foo") && !params.faults.has("known"));
    }
}
