//! The trait of the types of parameters, and the types that are neither texts nor numbers.

use super::declarations::ParameterType;
use crate::secret::Secret;
use crate::validation::{ErrorCode, ValidationError};
use serde_json::Value;

/// A type that a parameter can have.
pub trait Parameter: Clone + Sized {
    /// The type as documentation and help texts show it.
    const KIND: ParameterType;

    /// Reads a value. Returns `None` for a value that means the same as no value.
    ///
    /// # Errors
    /// The validation error of the value.
    fn read(value: Value) -> Result<Option<Self>, ValidationError>;
}

/// Secrets are not trimmed. An empty text is the same as no value.
impl Parameter for Secret {
    const KIND: ParameterType = ParameterType::Secret;

    fn read(value: Value) -> Result<Option<Self>, ValidationError> {
        match value {
            Value::String(text) => Ok(Some(Self::new(text)).filter(|secret| !secret.is_empty())),
            _ => Err(ValidationError::new(ErrorCode::TypeText)),
        }
    }
}

/// A switch: `true`, `"true"`, `"on"`, `"yes"` and numbers except 0, also in a text, are on. Their
/// opposites and an empty text are off.
impl Parameter for bool {
    const KIND: ParameterType = ParameterType::Flag;

    fn read(value: Value) -> Result<Option<Self>, ValidationError> {
        let invalid = ValidationError::new(ErrorCode::TypeFlag);
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

macro_rules! raw_values {
    ($($(#[$doc:meta])* $Name:ident = $kind:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $Name(pub Value);

        impl Parameter for $Name {
            const KIND: ParameterType = ParameterType::$kind;

            fn read(value: Value) -> Result<Option<Self>, ValidationError> {
                Ok(Some(Self(value)))
            }
        }
    )+};
}

raw_values! {
    /// Conditions on columns. The list that is searched parses them.
    Conditions = Search;
    /// Columns and directions. The list that is sorted parses them.
    Ordering = Order;
}
