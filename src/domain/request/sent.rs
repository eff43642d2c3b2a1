//! A parameter as it was sent.

use super::Parameter;
use crate::fault::{Fault, FieldFaults};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::borrow::Cow;

/// A parameter of a request. Deserialising never fails: what cannot be read is kept as the reason,
/// so that one pass finds every validation error.
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
