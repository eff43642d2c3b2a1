//! From JSON values to switches, numbers and ids.

use crate::domain::fault::Fault;
use serde_json::Value;

/// The most ids of one list: a statement names only so many values.
const IDS_MAX: usize = 1000;

/// JSON writes large numbers with an exponent; a limit is read digit by digit.
pub(super) fn plain(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(float) if !number.is_i64() && !number.is_u64() => format!("{float}"),
        _ => number.to_string(),
    }
}

pub(super) fn flag_of(text: &str) -> Result<bool, Fault> {
    let text = text.trim().to_ascii_lowercase();
    match text.as_str() {
        "true" | "on" | "yes" => Ok(true),
        "" | "false" | "off" | "no" => Ok(false),
        text => text.parse::<i64>().map(|n| n != 0).map_err(|_| Fault::new("type-flag")),
    }
}

pub(super) fn ids_of(value: &Value) -> Result<Vec<i64>, Fault> {
    let invalid = || Fault::new("ids-invalid");
    let one = |value: &Value| match value {
        Value::Number(number) => number.as_i64().ok_or_else(invalid),
        Value::String(text) => text.trim().parse().map_err(|_| invalid()),
        _ => Err(invalid()),
    };
    let mut ids = match value {
        Value::Array(values) => values.iter().map(one).collect::<Result<Vec<i64>, Fault>>()?,
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::String(text) if text.trim_start().starts_with('[') => {
            let values: Vec<Value> = serde_json::from_str(text).map_err(|_| invalid())?;
            values.iter().map(one).collect::<Result<Vec<i64>, Fault>>()?
        }
        Value::String(text) => {
            text.split(',').map(|part| part.trim().parse().map_err(|_| invalid())).collect::<Result<Vec<i64>, Fault>>()?
        }
        Value::Number(_) => vec![one(value)?],
        // PHP writes a list with holes as an object with numbers for names.
        Value::Object(map) if map.keys().all(|key| key.parse::<u64>().is_ok()) => {
            map.values().map(one).collect::<Result<Vec<i64>, Fault>>()?
        }
        _ => return Err(invalid()),
    };
    ids.sort_unstable();
    ids.dedup();
    if ids.len() > IDS_MAX { Err(Fault::new("ids-too-many").with("max", IDS_MAX)) } else { Ok(ids) }
}
