//! Requests as typed structs, declared once for every entry point.
//!
//! A struct declared with [`request!`] says which parameters a command takes. From it come the reading of forms, JSON, options of
//! the command line and rows of files, the validation errors of all parameters in one pass, the names that are known, and the
//! parameters that the OpenAPI document and the help texts list. No entry point keeps a list of its own.

mod declared;
mod values;

pub use declared::{Declared, Kind, Visibility};
pub(crate) use values::text_types;
pub use values::{
    Amount, Conditions, CustomerNumber, Line, Multiline, Name, Ordering, Parameter, Phone, REASON_MAX, Reason, Reference, RowId, Text,
    Zipcode, text_of,
};

use super::fault::{Fault, FieldFaults};
use super::number::Notation;
use super::quota::Quota;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use std::any::TypeId;
use std::borrow::Cow;

/// Parameters as an entry point received them, by name.
pub type Values = Map<String, Value>;

/// A parameter of a request. Deserialising never fails: what cannot be read is kept as the reason, so that one pass finds every
/// validation error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sent<T> {
    /// The request does not mention it.
    #[default]
    Absent,
    /// Its value.
    Value(T),
    /// Why it has none. In a box, since a request has many parameters and few errors.
    Invalid(Box<Fault>),
}

impl<T> Sent<T> {
    /// Returns the value, if one was sent and could be read.
    pub const fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Invalid(_) => None,
        }
    }

    /// Returns the value, if one was sent and could be read.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Invalid(_) => None,
        }
    }

    /// Whether the request mentions the parameter.
    pub const fn is_sent(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// Adds the validation error to those of the request.
    pub fn note(&self, name: &str, errors: &mut FieldFaults) {
        if let Self::Invalid(error) = self {
            errors.push(name, (**error).clone());
        }
    }

    /// Returns a copy of the value, or the default of its type.
    #[must_use]
    pub fn or_default(&self) -> T
    where
        T: Clone + Default,
    {
        self.as_ref().cloned().unwrap_or_default()
    }

    /// Overwrites a stored value with the value that was sent.
    pub fn set<U: Clone + From<T>>(&self, stored: &mut U)
    where
        T: Clone,
    {
        if let Self::Value(value) = self {
            *stored = value.clone().into();
        }
    }
}

impl<T> From<T> for Sent<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<'de, T: Parameter> Deserialize<'de> for Sent<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::Null => Self::Absent,
            value => match T::read(value) {
                Ok(Some(value)) => Self::Value(value),
                Ok(None) => Self::Absent,
                Err(error) => Self::Invalid(Box::new(error)),
            },
        })
    }
}

impl<T: Parameter> JsonSchema for Sent<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Parameter".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        T::KIND.schema()
    }
}

/// A struct of parameters; [`request!`] implements it.
pub trait Request: Clone + Default + DeserializeOwned + JsonSchema + 'static {
    /// Makes the list of its parameters.
    fn declare() -> Vec<Declared>;

    /// Returns its parameters in their order, those that are not documented included.
    #[must_use]
    fn parameters() -> &'static [Declared] {
        declared::of_type(TypeId::of::<Self>(), Self::declare)
    }

    /// Adds the validation error of each parameter, and `required` for those that must be sent.
    fn note_errors(&self, errors: &mut FieldFaults);
}

/// Two structs that are read from one request, such as which row is meant and what happens to it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
pub struct Both<A, B> {
    /// The first.
    #[serde(flatten)]
    pub first: A,
    /// The second.
    #[serde(flatten)]
    pub second: B,
}

impl<A: Request, B: Request> Request for Both<A, B> {
    fn declare() -> Vec<Declared> {
        [A::declare(), B::declare()].concat()
    }

    fn note_errors(&self, errors: &mut FieldFaults) {
        self.first.note_errors(errors);
        self.second.note_errors(errors);
    }
}

/// A request that was read: its values, and the validation errors that were found so far.
#[derive(Clone, Debug, Default)]
pub struct Received<R> {
    /// The values.
    pub request: R,
    /// The validation errors.
    pub errors: FieldFaults,
}

impl<R: Request> Received<R> {
    /// Reads what a program sent.
    #[must_use]
    pub fn new(values: Values) -> Self {
        Self::read(values, Notation::Program)
    }

    /// Reads a request. Unknown parameters are errors.
    #[must_use]
    pub fn read(mut values: Values, notation: Notation) -> Self {
        let mut errors = FieldFaults::default();
        read_limits::<R>(&mut values, notation, &mut errors);
        let known = R::parameters();
        for (name, _) in values.iter().filter(|(name, value)| !value.is_null() && !known.iter().any(|known| known.name == *name)) {
            errors.push(name, Fault::new("parameter-unknown"));
        }
        let request: R = serde_json::from_value(Value::Object(values)).unwrap_or_default();
        request.note_errors(&mut errors);
        Self { request, errors }
    }

    /// Returns the request if it has no errors.
    ///
    /// # Errors
    /// Every validation error.
    pub fn finish(self) -> Result<R, FieldFaults> {
        self.errors.or(self.request)
    }
}

/// A limit and its `_ul` switch are one value, and people write numbers in their own way: both become what programs send.
fn read_limits<R: Request>(values: &mut Values, notation: Notation, errors: &mut FieldFaults) {
    for Declared { name, kind, .. } in R::parameters() {
        let Kind::Limit(unit) = kind else { continue };
        let switch = values.get(&format!("{name}_ul")).cloned();
        if switch.is_some_and(|value| bool::read(value) == Ok(Some(true))) {
            values.insert((*name).to_owned(), Value::from(-1));
            continue;
        }
        let Some(Value::String(text)) = values.get(*name) else { continue };
        if notation == Notation::Program || matches!(text.trim(), "" | "-1") {
            continue;
        }
        match Quota::read(text, unit.size(), notation) {
            Ok(quota) => {
                let text = quota.in_units(unit.size()).map_or(Value::from(-1), Value::from);
                values.insert((*name).to_owned(), text);
            }
            Err(error) => {
                errors.push(name, error);
                values.remove(*name);
            }
        }
    }
}

/// Declares a struct of parameters: every field becomes a [`Sent`]. Those in `required` must be sent, those in `with` are structs
/// whose parameters are sent beside them, `first` stands before these, and documents leave out what stands in `hidden`: only our
/// own forms send it. The doc comment of a field is its description everywhere.
macro_rules! request {
    (
        $(#[$about:meta])*
        $visibility:vis struct $Name:ident {
            $(required { $($(#[doc = $must_doc:literal])+ $must:ident: $Must:ty,)+ })?
            $(first { $($(#[doc = $first_doc:literal])+ $first:ident: $First:ty,)+ })?
            $(with { $($(#[doc = $group_doc:literal])+ $group:ident: $Group:ty,)+ })?
            $($(#[doc = $doc:literal])+ $field:ident: $T:ty,)*
            $(hidden { $($(#[doc = $hidden_doc:literal])+ $hidden:ident: $Hidden:ty,)+ })?
        }
    ) => {
        $(#[$about])*
        #[allow(clippy::doc_markdown, reason = "descriptions are shown as they are")]
        #[derive(Clone, Debug, Default, serde::Deserialize, schemars::JsonSchema)]
        #[serde(default)]
        $visibility struct $Name {
            $($($(#[doc = $must_doc])+ pub $must: $crate::domain::request::Sent<$Must>,)+)?
            $($($(#[doc = $first_doc])+ pub $first: $crate::domain::request::Sent<$First>,)+)?
            $($(
                $(#[doc = $group_doc])+
                #[serde(flatten)]
                pub $group: $Group,
            )+)?
            $($(#[doc = $doc])+ pub $field: $crate::domain::request::Sent<$T>,)*
            $($($(#[doc = $hidden_doc])+ #[schemars(skip)] pub $hidden: $crate::domain::request::Sent<$Hidden>,)+)?
        }

        impl $crate::domain::request::Request for $Name {
            fn declare() -> Vec<$crate::domain::request::Declared> {
                use $crate::domain::request::{Declared, Parameter, Visibility};
                let first: Vec<Declared> = vec![
                    $($(Declared::new(stringify!($must), <$Must as Parameter>::KIND, Visibility::Required, concat!($($must_doc),+)),)+)?
                    $($(Declared::new(stringify!($first), <$First as Parameter>::KIND, Visibility::Optional, concat!($($first_doc),+)),)+)?
                ];
                let groups: Vec<Vec<Declared>> = vec![$($(<$Group as $crate::domain::request::Request>::declare(),)+)?];
                let own: Vec<Declared> = vec![
                    $(Declared::new(stringify!($field), <$T as Parameter>::KIND, Visibility::Optional, concat!($($doc),+)),)*
                    $($(Declared::new(stringify!($hidden), <$Hidden as Parameter>::KIND, Visibility::Hidden, concat!($($hidden_doc),+)),)+)?
                ];
                [first, groups.concat(), own].concat()
            }

            fn note_errors(&self, errors: &mut $crate::domain::fault::FieldFaults) {
                $($(
                    self.$must.note(stringify!($must), errors);
                    if !self.$must.is_sent() {
                        errors.push(stringify!($must), $crate::domain::fault::Fault::new("required"));
                    }
                )+)?
                $($(self.$first.note(stringify!($first), errors);)+)?
                $(self.$field.note(stringify!($field), errors);)*
                $($(self.$hidden.note(stringify!($hidden), errors);)+)?
                $($(<$Group as $crate::domain::request::Request>::note_errors(&self.$group, errors);)+)?
            }
        }
    };
}

pub(crate) use request;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::Language;
    use crate::domain::id::{AdminId, PhpConfigId};
    use crate::domain::resources::Unit;
    use serde_json::json;

    request! {
        /// What a test sends.
        pub struct Asked {
            required {
                /// last name
                name: Line,
            }
            with {
                /// the rest
                more: More,
            }
            /// PHP
            phpenabled: bool,
            /// MiB; -1 for no limit
            diskspace: Amount<{ 1 << 20 }>,
            /// no limit, whatever the number says
            diskspace_ul: bool,
            /// id of the owner
            adminid: AdminId,
            /// PHP configurations
            allowed_phpconfigs: Vec<PhpConfigId>,
            hidden {
                /// what the form applied
                applied: i64,
            }
        }
    }

    request! {
        /// More of it.
        pub struct More {
            /// language of panel and mails
            def_language: Language,
        }
    }

    fn values(value: Value) -> Values {
        let Value::Object(map) = value else { panic!("an object") };
        map
    }

    fn codes(received: &Received<Asked>) -> Vec<(&str, &str)> {
        received.errors.iter().map(|(field, errors)| (field, errors[0].code)).collect()
    }

    #[test]
    fn every_error_is_found_in_one_pass() {
        let sent = json!({ "name": ["x"], "phpenabled": "maybe", "diskspace": -3, "adminid": -1, "def_language": "xx", "isphpenabled": 1 });
        let received = Received::<Asked>::new(values(sent));
        let expected = [
            ("adminid", "number-negative"),
            ("def_language", "language-unknown"),
            ("diskspace", "number-negative"),
            ("isphpenabled", "parameter-unknown"),
            ("name", "type-text"),
            ("phpenabled", "type-flag"),
        ];
        assert_eq!(codes(&received), expected);
    }

    #[test]
    fn values_are_read_and_absent_ones_stay_absent() {
        let sent =
            json!({ "name": " Lee ", "phpenabled": "on", "diskspace": "5", "adminid": 0, "allowed_phpconfigs": "2,1", "def_language": "" });
        let asked = Received::<Asked>::new(values(sent)).finish().unwrap();
        assert_eq!(asked.name.as_ref().map(|line| line.0.as_str()), Some("Lee"));
        assert_eq!(asked.phpenabled, Sent::Value(true));
        assert_eq!(asked.diskspace, Sent::Value(Amount(Quota::Limited(5 << 20))));
        assert_eq!(asked.allowed_phpconfigs, Sent::Value(vec![PhpConfigId(1), PhpConfigId(2)]));
        assert_eq!((asked.adminid, asked.more.def_language, asked.applied), (Sent::Absent, Sent::Absent, Sent::Absent));
    }

    #[test]
    fn people_write_limits_in_their_own_way() {
        let read =
            |text: &str| Received::<Asked>::read(values(json!({ "name": "Lee", "diskspace": text })), Notation::Person(Some(Language::De)));
        assert_eq!(read("2.048").request.diskspace, Sent::Value(Amount(Quota::Limited(2 << 30))));
        assert_eq!(read("2,5 GiB").request.diskspace, Sent::Value(Amount(Quota::Limited(5 << 29))));
        assert_eq!(codes(&read("5 apples")), [("diskspace", "number-invalid")]);
        let unlimited = json!({ "name": "Lee", "diskspace": "nonsense", "diskspace_ul": "1" });
        let asked = Received::<Asked>::read(values(unlimited), Notation::Person(None)).finish().unwrap();
        assert_eq!(asked.diskspace, Sent::Value(Amount(Quota::Unlimited)));
    }

    #[test]
    fn declarations_come_from_the_struct() {
        let declared = Asked::parameters();
        let names: Vec<&str> = declared.iter().map(|parameter| parameter.name).collect();
        assert_eq!(names, ["name", "def_language", "phpenabled", "diskspace", "diskspace_ul", "adminid", "allowed_phpconfigs", "applied"]);
        assert_eq!(declared[0], Declared::new("name", Kind::Text, Visibility::Required, " last name"));
        assert_eq!(declared[3].kind, Kind::Limit(Unit::MiB));
        assert_eq!(declared[1].about, "language of panel and mails");
        let schema = schemars::schema_for!(Asked).to_value();
        let documented: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        let visible: Vec<&str> =
            declared.iter().filter(|parameter| parameter.visibility != Visibility::Hidden).map(|parameter| parameter.name).collect();
        assert_eq!(documented, visible);
        assert_eq!(schema["properties"]["phpenabled"]["description"], "PHP");
        let received = Received::<Asked>::new(values(json!({ "name": "Lee", "applied": 3 })));
        assert!(received.errors.is_empty(), "undocumented parameters are known");
        assert_eq!(codes(&Received::default()), []);
        assert_eq!(codes(&Received::new(Values::new())), [("name", "required")]);
    }
}
