//! Schemas of the parameters of commands.

use crate::spec::Spec;
use domain::column;
use domain::query::{AdminColumn, Column, Field, PlanColumn};
use domain::request::{ParameterDeclaration, ParameterType};
use serde_json::{Map, Value, json};

/// Returns the schema of a command's parameters. It allows no other parameters.
pub(super) fn schema(spec: &Spec) -> Value {
    let declared = (spec.params)();
    let required: Vec<&str> =
        declared.iter().filter(|param| param.is_required()).map(|param| param.name).collect();
    let properties: Map<String, Value> = declared
        .iter()
        .map(|param| (param.name.to_owned(), parameter_schema(param, spec)))
        .collect();
    let mut schema =
        json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn parameter_schema(param: &ParameterDeclaration, spec: &Spec) -> Value {
    let mut schema = match param.kind {
        ParameterType::Search => search_schema(spec),
        ParameterType::Order => order_schema(spec),
        kind => kind.schema().to_value(),
    };
    schema["description"] = json!(param.about);
    schema
}

/// Returns the columns that a list command can search and sort by.
fn columns(spec: &Spec) -> Vec<(&'static str, column::ColumnType)> {
    fn of<C: Field>() -> Vec<(&'static str, column::ColumnType)> {
        C::all().map(|column| (column.name(), column.kind())).collect()
    }
    match spec.parts().0 {
        "Customers" => of::<Column>(),
        "HostingPlans" => of::<PlanColumn>(),
        _ => of::<AdminColumn>(),
    }
}

fn search_schema(spec: &Spec) -> Value {
    let condition = |kind: column::ColumnType| {
        let value = if kind == column::ColumnType::Text {
            json!({ "type": ["string", "number"] })
        } else {
            json!({ "type": ["integer", "string", "boolean"] })
        };
        json!({ "anyOf": [value, {
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "op": { "enum": ["<", ">", "=", "<>", "in", "", null], "description": "Without an operator, values that contain the text match." },
                "value": { "anyOf": [value, { "type": "array", "items": value, "minItems": 1 }] },
            },
        }] })
    };
    let properties: Map<String, Value> =
        columns(spec).into_iter().map(|(name, kind)| (name.to_owned(), condition(kind))).collect();
    json!({ "type": ["object", "array"], "properties": properties, "maxItems": 0 })
}

fn order_schema(spec: &Spec) -> Value {
    let properties: Map<String, Value> = columns(spec)
        .into_iter()
        .map(|(name, _)| (name.to_owned(), json!({ "enum": ["ASC", "DESC"] })))
        .collect();
    json!({ "type": ["object", "array"], "properties": properties, "maxItems": 0 })
}
