//! Records: domain types as objects whose members have the names of the parameters.

use serde::Serialize;
use serde_json::{Map, Value};

/// Returns a struct as an object.
#[must_use]
pub fn record(of: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(of) {
        Ok(Value::Object(record)) => record,
        // A struct of texts, numbers and lists is an object.
        _ => Map::new(),
    }
}
