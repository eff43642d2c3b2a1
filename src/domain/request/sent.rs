//! A parameter as it was sent.

use super::Parameter;
use crate::validation::{FieldErrors, ValidationError};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::borrow::Cow;

/// A parameter of a request. Deserializing never fails: the error of an invalid value is kept, so
/// that one pass finds every validation error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sent<T> {
    /// The request does not contain the parameter.
    #[default]
    Absent,
    Value(T),
    /// The validation error of the value. It is boxed, since a request has many parameters and few
    /// errors.
    Invalid(Box<ValidationError>),
}

impl<T> Sent<T> {
    /// Returns the value, if a valid one was sent.
    pub const fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Invalid(_) => None,
        }
    }

    /// Returns the value, if a valid one was sent.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Invalid(_) => None,
        }
    }

    /// Whether the request contains the parameter.
    pub const fn is_sent(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// Adds the validation error, if there is one.
    pub fn note(&self, name: &str, errors: &mut FieldErrors) {
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

    /// Overwrites a stored value, if a valid value was sent.
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
