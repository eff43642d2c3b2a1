//! Records: domain types as JSON objects whose members have the names of the parameters.

use serde::Serialize;
use serde_json::{Map, Value};

/// Returns a struct as a JSON object.
#[must_use]
pub fn record(value: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(record)) => record,
        // Not reached: a struct of texts, numbers and lists serializes as an object.
        _ => Map::new(),
    }
}
