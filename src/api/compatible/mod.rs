//! Translates parameters of Froxlor's clients for the commands. Nothing here decides what a command
//! does. A value is translated by the declared type of its parameter, or by the parameter's name.
//! Unknown parameters are left out. [`IgnoredParameters`] notes them, and parameters whose value
//! was ignored in part (docs/compatibility.md).

mod number;
mod values;

pub(super) use number::leading_integer;
pub(super) use values::language;

use super::ignored::IgnoredParameters;
use super::spec::Spec;
use domain::account::Theme;
use domain::request::{ParameterDeclaration, ParameterType};
use serde_json::{Map, Value};
use services::settings::ProviderSettings;

/// Columns that exist in rows only: a call that contains one of them sends back a row
/// (docs/compatibility.md#diff-9).
const ROW_COLUMNS: [&str; 2] = ["diskspace_used", "ts"];

/// Translates parameters into the form of the strict dialect.
pub(super) fn translate_parameters(
    spec: &Spec,
    settings: &ProviderSettings,
    sent: Map<String, Value>,
    ignored: &IgnoredParameters,
) -> Map<String, Value> {
    let declared = (spec.params)();
    let mut params = Map::new();
    for (name, value) in sent {
        // PHP does not distinguish null from an absent value.
        if value.is_null() {
            continue;
        }
        match declared.iter().find(|param| param.name == name) {
            None => ignored.note(&name),
            Some(param) => {
                let (value, is_exact) = read(spec, param, settings, value);
                if !is_exact {
                    ignored.note(&name);
                }
                params.insert(name, value);
            }
        }
    }
    params
}

/// Reads a value as Froxlor does. The `bool` is false if a part of the value was ignored.
fn read(
    spec: &Spec,
    param: &ParameterDeclaration,
    settings: &ProviderSettings,
    value: Value,
) -> (Value, bool) {
    match (param.name, param.kind) {
        ("delete_userfiles", _) => values::destroying_flag(value),
        ("def_language", _) => values::language_or(value, settings.default_language()),
        ("theme", _) => {
            values::theme_or(value, settings.default_theme(), spec.name.ends_with(".update"))
        }
        ("gender", _) => values::gender(value),
        ("sql_limit" | "sql_offset", _) => values::count(&value),
        ("length" | "version" | "adminid", _)
        | (_, ParameterType::Search | ParameterType::Order) => (value, true),
        (_, ParameterType::Text | ParameterType::Secret | ParameterType::Choice(_)) => {
            (values::text(value), true)
        }
        (_, ParameterType::Flag) => values::flag(value),
        (_, ParameterType::Integer) => values::id(value),
        (name, ParameterType::Limit(_)) => values::limit(name, value),
        (_, ParameterType::Ids | ParameterType::Names) => (values::ids(value), true),
    }
}

/// Returns whether a parameter of an update repeats the row's value. A row that is sent back
/// unchanged changes nothing, even if its values break a newer rule.
///
/// `version`, disk space and traffic count as repeated only if the call contains one of
/// [`ROW_COLUMNS`]. Rows have disk space and traffic in KiB, parameters in MiB and GiB. In such a
/// call, any `version` counts as repeated.
pub(super) fn repeats_row(
    row: &Value,
    ignored: &IgnoredParameters,
    name: &str,
    value: &Value,
) -> bool {
    let is_row = ROW_COLUMNS.iter().any(|column| ignored.has(column));
    if matches!(name, "version" | "diskspace" | "traffic") && !is_row {
        return false;
    }
    if name == "version" {
        return true;
    }
    row.get(name).is_some_and(|own| {
        to_text(own) == to_text(value) || (name == "theme" && is_same_theme(own, value))
    })
}

fn is_same_theme(a: &Value, b: &Value) -> bool {
    let theme = |value: &Value| value.as_str().and_then(|text| Theme::parse(text).ok());
    theme(a).is_some_and(|own| theme(b) == Some(own))
}

/// Returns a value as text, whatever its type. Clients keep rows in forms, in arrays of texts, and
/// in typed objects.
fn to_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(on) => u8::from(*on).to_string(),
        Value::Array(list) if list.is_empty() => String::new(),
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_of_the_row_are_recognized_in_every_json_type() {
        let row = json!({ "diskspace": 5120, "deactivated": 0, "mysqls": -1, "allowed_phpconfigs": "[1]", "zipcode": "ab12",
            "allowed_mysqlserver": "", "custom_notes": "", "version": 3, "theme": "Froxlor" });
        let ignored = IgnoredParameters::default();
        for (name, value) in [
            ("deactivated", json!("0")),
            ("deactivated", json!(false)),
            ("mysqls", json!("-1")),
            ("zipcode", json!(" ab12 ")),
            ("allowed_phpconfigs", json!("[1]")),
            ("allowed_phpconfigs", json!([1])),
            ("allowed_mysqlserver", json!([])),
            ("custom_notes", json!("")),
            ("theme", json!("system")),
        ] {
            assert!(repeats_row(&row, &ignored, name, &value), "{name} {value}");
        }
        for (name, value) in [
            ("deactivated", json!(1)),
            ("diskspace", json!(5120)),
            ("version", json!(3)),
            ("city", json!("")),
        ] {
            assert!(!repeats_row(&row, &ignored, name, &value), "{name} {value}");
        }
        ignored.note("diskspace_used");
        assert!(
            repeats_row(&row, &ignored, "diskspace", &json!("5120"))
                && repeats_row(&row, &ignored, "version", &json!(1))
        );
        assert!(!repeats_row(&row, &ignored, "diskspace", &json!(10240)));
    }
}
