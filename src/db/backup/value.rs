//! Converts values of columns to JSON and back.

use anyhow::{Context as _, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sea_orm::Value;
use sea_orm::sea_query::ColumnType;
use serde_json::Value as Json;

/// Converts a value to the form that it has in a backup.
pub(super) fn to_json(value: Value) -> anyhow::Result<Json> {
    Ok(match value {
        Value::Bool(value) => value.into(),
        Value::SmallInt(value) => value.into(),
        Value::Int(value) => value.into(),
        Value::BigInt(value) => value.into(),
        Value::String(value) => value.into(),
        Value::Bytes(value) => value.map(|bytes| STANDARD.encode(bytes)).into(),
        other => bail!("backups do not support this value of a column: {other:?}"),
    })
}

/// Converts a value from a backup to one for a column of this type.
pub(super) fn from_json(value: &Json, kind: &ColumnType) -> anyhow::Result<Value> {
    let number = || value.as_i64().context("the value is not an integer");
    Ok(match kind {
        ColumnType::Boolean if value.is_null() => Value::Bool(None),
        ColumnType::Boolean => value.as_bool().context("the value is not a boolean")?.into(),
        ColumnType::SmallInteger if value.is_null() => Value::SmallInt(None),
        ColumnType::SmallInteger => i16::try_from(number()?)?.into(),
        ColumnType::Integer if value.is_null() => Value::Int(None),
        ColumnType::Integer => i32::try_from(number()?)?.into(),
        ColumnType::BigInteger if value.is_null() => Value::BigInt(None),
        ColumnType::BigInteger => number()?.into(),
        ColumnType::String(_) | ColumnType::Text if value.is_null() => Value::String(None),
        ColumnType::String(_) | ColumnType::Text => {
            value.as_str().context("the value is not a string")?.into()
        }
        ColumnType::Blob | ColumnType::Binary(_) | ColumnType::VarBinary(_) => {
            STANDARD.decode(value.as_str().context("the value is not a base64 string")?)?.into()
        }
        other => bail!("backups do not support this type of column: {other:?}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::sea_query::StringLen;

    #[test]
    fn values_survive_a_round_trip() {
        let text = ColumnType::String(StringLen::N(10));
        for (value, kind) in [
            (Value::from(true), ColumnType::Boolean),
            (Value::from(2_i16), ColumnType::SmallInteger),
            (Value::from(-7_i32), ColumnType::Integer),
            (Value::from(i64::MAX), ColumnType::BigInteger),
            (Value::BigInt(None), ColumnType::BigInteger),
            (Value::from("Zoë \"quoted\"\n\u{202e}"), text.clone()),
            (Value::String(None), ColumnType::Text),
            (Value::from(vec![0_u8, 255]), ColumnType::Blob),
        ] {
            assert_eq!(from_json(&to_json(value.clone()).unwrap(), &kind).unwrap(), value);
        }
        assert!(from_json(&Json::from(1), &text).is_err());
        assert!(from_json(&Json::from(1_u64 << 40), &ColumnType::Integer).is_err());
    }
}
