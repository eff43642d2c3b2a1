//! What Froxlor's clients send, put as the commands read it. Nothing here decides what a command
//! does: values are translated by the kinds that each command declares, unknown parameters are left
//! out, and both are noted ([`Ignored`]). docs/compatibility.md says how each kind is read.

mod number;
mod values;

pub(super) use number::whole;
pub(super) use values::language;

use super::ignored::Ignored;
use super::spec::Spec;
use domain::account::Theme;
use domain::request::{Declared, Kind};
use serde_json::{Map, Value};
use services::settings::ProviderSettings;

/// Columns that only rows have: a call with one of them sends back a row (#diff-9).
const ROW_COLUMNS: [&str; 2] = ["diskspace_used", "ts"];

/// The parameters as the strict reading takes them.
pub(super) fn adapt(
    spec: &Spec,
    settings: &ProviderSettings,
    sent: Map<String, Value>,
    ignored: &Ignored,
) -> Map<String, Value> {
    let declared = (spec.params)();
    let mut params = Map::new();
    for (name, value) in sent {
        // PHP has no difference between null and absent.
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

/// A value as Froxlor reads it, and whether that is all that was sent.
fn read(spec: &Spec, param: &Declared, settings: &ProviderSettings, value: Value) -> (Value, bool) {
    match (param.name, param.kind) {
        ("delete_userfiles", _) => values::destroying_flag(value),
        ("def_language", _) => values::language_or(value, settings.default_language()),
        ("theme", _) => {
            values::theme_or(value, settings.default_theme(), spec.name.ends_with(".update"))
        }
        ("gender", _) => values::gender(value),
        ("sql_limit" | "sql_offset", _) => values::count(&value),
        ("length" | "version" | "adminid", _) | (_, Kind::Search | Kind::Order) => (value, true),
        (_, Kind::Text | Kind::Secret | Kind::Choice(_)) => (values::text(value), true),
        (_, Kind::Flag) => values::flag(value),
        (_, Kind::Integer) => values::id(value),
        (name, Kind::Limit(_)) => values::limit(name, value),
        (_, Kind::Ids | Kind::Names) => (values::ids(value), true),
    }
}

/// Whether a parameter of an update says what the row says already: a row that is sent back as it
/// came changes nothing, not even where its values break a rule that was made later.
///
/// Rows count disk space and traffic in KiB, parameters in MiB and GiB. Such a number is taken for
/// the row's own only where the call has other columns of a row beside it.
pub(super) fn repeats(row: &Value, ignored: &Ignored, name: &str, value: &Value) -> bool {
    let is_row = ROW_COLUMNS.iter().any(|column| ignored.has(column));
    if matches!(name, "version" | "diskspace" | "traffic") && !is_row {
        return false;
    }
    if name == "version" {
        return true;
    }
    row.get(name).is_some_and(|own| {
        plain(own) == plain(value) || (name == "theme" && same_theme(own, value))
    })
}

fn same_theme(a: &Value, b: &Value) -> bool {
    let theme = |value: &Value| value.as_str().and_then(|text| Theme::parse(text).ok());
    theme(a).is_some_and(|own| theme(b) == Some(own))
}

/// A value as a text, whatever its type: clients keep rows in forms, in arrays of texts, in typed
/// objects.
fn plain(value: &Value) -> String {
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
    fn rows_repeat_themselves_in_every_type() {
        let row = json!({ "diskspace": 5120, "deactivated": 0, "mysqls": -1, "allowed_phpconfigs": "[1]", "zipcode": "ab12",
            "allowed_mysqlserver": "", "custom_notes": "", "version": 3, "theme": "Froxlor" });
        let ignored = Ignored::default();
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
            assert!(repeats(&row, &ignored, name, &value), "{name} {value}");
        }
        for (name, value) in [
            ("deactivated", json!(1)),
            ("diskspace", json!(5120)),
            ("version", json!(3)),
            ("city", json!("")),
        ] {
            assert!(!repeats(&row, &ignored, name, &value), "{name} {value}");
        }
        ignored.note("diskspace_used");
        assert!(
            repeats(&row, &ignored, "diskspace", &json!("5120"))
                && repeats(&row, &ignored, "version", &json!(1))
        );
        assert!(!repeats(&row, &ignored, "diskspace", &json!(10240)));
    }
}
