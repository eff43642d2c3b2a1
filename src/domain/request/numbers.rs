//! Parameters that are numbers: whole numbers, ids, limits, and lists of ids.

use super::declarations::ParameterType;
use super::values::Parameter;
use crate::grants::Grant;
use crate::id::{AdminId, MysqlServerId, PhpConfigId, PlanId};
use crate::quota::Quota;
use crate::unit::Unit;
use crate::validation::{ErrorCode, ValidationError};
use serde_json::Value;

/// The maximum number of ids in a list. Databases limit the number of values in a statement.
const IDS_MAX: usize = 1000;

/// A whole number. An empty text is the same as no value.
impl Parameter for i64 {
    const KIND: ParameterType = ParameterType::Integer;

    fn read(value: Value) -> Result<Option<Self>, ValidationError> {
        match value {
            Value::Number(number) => {
                number.as_i64().map(Some).ok_or(ValidationError::new(ErrorCode::NumberInvalid))
            }
            Value::String(text) if text.trim().is_empty() => Ok(None),
            Value::String(text) => text
                .trim()
                .parse()
                .map(Some)
                .map_err(|_| ValidationError::new(ErrorCode::NumberInvalid)),
            _ => Err(ValidationError::new(ErrorCode::TypeNumber)),
        }
    }
}

fn read_id(value: Value) -> Result<Option<i64>, ValidationError> {
    match i64::read(value)? {
        Some(id) if id < 0 => Err(ValidationError::new(ErrorCode::NumberNegative)),
        id => Ok(id.filter(|id| *id > 0)),
    }
}

macro_rules! ids {
    ($($Name:ident),+) => {$(
        /// Ids begin at 1. 0 and an empty text are the same as no value.
        impl Parameter for $Name {
            const KIND: ParameterType = ParameterType::Integer;

            fn read(value: Value) -> Result<Option<Self>, ValidationError> {
                Ok(read_id(value)?.map(Self))
            }
        }
    )+};
}

ids!(AdminId, RowId);

/// The id of the row that a command is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowId(pub i64);

/// A reference that can be removed. 0 and an empty text mean "none", which is a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<T>(pub Option<T>);

impl Parameter for Reference<PlanId> {
    const KIND: ParameterType = ParameterType::Integer;

    fn read(value: Value) -> Result<Option<Self>, ValidationError> {
        Ok(Some(Self(read_id(value)?.map(PlanId))))
    }
}

/// A limit in units of `SIZE` bytes, or a count if `SIZE` is 1. -1 is unlimited, as in the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitParameter<const SIZE: u64>(pub Quota);

impl<const SIZE: u64> From<LimitParameter<SIZE>> for Quota {
    fn from(limit: LimitParameter<SIZE>) -> Self {
        limit.0
    }
}

impl<const SIZE: u64> Parameter for LimitParameter<SIZE> {
    const KIND: ParameterType = ParameterType::Limit(Unit::from_size(SIZE));

    fn read(value: Value) -> Result<Option<Self>, ValidationError> {
        let text = match value {
            Value::Number(number) => format_plain(&number),
            Value::String(text) if text.trim().is_empty() => return Ok(None),
            Value::String(text) => text,
            _ => return Err(ValidationError::new(ErrorCode::TypeNumber)),
        };
        if text.trim() == "-1" {
            Ok(Some(Self(Quota::Unlimited)))
        } else {
            Quota::parse(&text, SIZE).map(Self).map(Some)
        }
    }
}

/// Formats a JSON number without an exponent, because limits are parsed digit by digit.
fn format_plain(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => float.to_string(),
        _ => number.to_string(),
    }
}

macro_rules! lists {
    ($($Name:ident),+) => {$(
        /// A list of ids, sorted and without duplicates.
        impl Parameter for Vec<$Name> {
            const KIND: ParameterType = ParameterType::Ids;

            fn read(value: Value) -> Result<Option<Self>, ValidationError> {
                Ok(Some(read_ids(&value)?.into_iter().map($Name).collect()))
            }
        }

        /// The items that an admin can assign: ids, or -1 for all.
        impl Parameter for Grant<$Name> {
            const KIND: ParameterType = ParameterType::Ids;

            fn read(value: Value) -> Result<Option<Self>, ValidationError> {
                Ok(Some(Self::of(&read_ids(&value)?, $Name)))
            }
        }
    )+};
}

lists!(PhpConfigId, MysqlServerId);

/// Reads ids from a list, from a JSON list in a text, or from a text with commas.
fn read_ids(value: &Value) -> Result<Vec<i64>, ValidationError> {
    let invalid = || ValidationError::new(ErrorCode::IdsInvalid);
    let read_one = |value: &Value| match value {
        Value::Number(number) => number.as_i64().ok_or_else(invalid),
        Value::String(text) => text.trim().parse().map_err(|_| invalid()),
        _ => Err(invalid()),
    };
    // Forms send an empty text in addition to the checkboxes, so that a list is sent even if no box
    // is checked.
    let read_all = |values: &[Value]| {
        values
            .iter()
            .filter(|value| *value != "")
            .map(read_one)
            .collect::<Result<Vec<i64>, ValidationError>>()
    };
    let mut ids = match value {
        Value::Array(values) => read_all(values)?,
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::String(text) if text.trim_start().starts_with('[') => {
            read_all(&serde_json::from_str::<Vec<Value>>(text).map_err(|_| invalid())?)?
        }
        Value::String(text) => text
            .split(',')
            .map(|part| part.trim().parse().map_err(|_| invalid()))
            .collect::<Result<Vec<i64>, ValidationError>>()?,
        Value::Number(_) => vec![read_one(value)?],
        // PHP encodes a list with missing indices as an object with numbers as names.
        Value::Object(map) if map.keys().all(|key| key.parse::<u64>().is_ok()) => {
            map.values().map(read_one).collect::<Result<Vec<i64>, ValidationError>>()?
        }
        _ => return Err(invalid()),
    };
    ids.sort_unstable();
    ids.dedup();
    if ids.len() > IDS_MAX {
        Err(ValidationError::new(ErrorCode::IdsTooMany).with("max", IDS_MAX))
    } else {
        Ok(ids)
    }
}
