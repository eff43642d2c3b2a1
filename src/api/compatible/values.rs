//! Values by the kinds of their parameters. Each function returns the value as the strict dialect
//! reads it. An additional `bool` is false if a part of the value was ignored. Values that are
//! invalid in both dialects are returned unchanged, and refused later.

use super::number::{ParsedInteger, leading_integer};
use domain::account::{Gender, Language, Theme};
use serde_json::{Value, json};

/// Characters that PHP trims from a text.
const BLANKS: [char; 6] = [' ', '\t', '\n', '\r', '\0', '\u{b}'];

/// Values that mean "unlimited" in size columns of Froxlor's rows: -1 in the unit of the parameter,
/// converted to the unit of the row.
const UNLIMITED_ROWS: [(&str, i64); 2] = [("diskspace", -1024), ("traffic", -1_048_576)];

/// Reads a text or a password: trims it, and converts switches and numbers to text.
pub fn text(value: Value) -> Value {
    match value {
        Value::String(text) => text.trim_matches(BLANKS).into(),
        Value::Bool(on) => if on { "1" } else { "" }.into(),
        Value::Number(number) => number.to_string().into(),
        other => other,
    }
}

/// Reads a switch: a word of the strict dialect, or a number at the beginning. Every number except
/// 0 means on.
pub fn flag(value: Value) -> (Value, bool) {
    match &value {
        Value::Array(list) if list.is_empty() => return (false.into(), true),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "on" | "yes" => return (true.into(), true),
            "" | "false" | "off" | "no" => return (false.into(), true),
            _ => {}
        },
        _ => {}
    }
    match leading_integer(&value) {
        Some(ParsedInteger { number, is_exact }) => ((number != 0).into(), is_exact),
        None => (value, true),
    }
}

/// Reads a switch that destroys data. Only 1 and true switch it on, because Froxlor compares it
/// with 1.
pub fn destroying_flag(value: Value) -> (Value, bool) {
    let is_on = value == json!(true)
        || leading_integer(&value) == Some(ParsedInteger { number: 1, is_exact: true });
    let is_off = matches!(flag(value), (Value::Bool(false), true));
    (is_on.into(), is_on || is_off)
}

/// Reads an id. Numbers below 1 become 0, and words become null: neither is an id. A text that only
/// begins with a number is returned unchanged, and refused later.
pub fn id(value: Value) -> (Value, bool) {
    match leading_integer(&value) {
        Some(ParsedInteger { number, is_exact: true }) => (number.max(0).into(), true),
        Some(ParsedInteger { number: 0, is_exact: false }) => (Value::Null, false),
        _ => (value, true),
    }
}

/// Reads a number of rows: 0 if it is below 0 or not a number.
pub fn count(value: &Value) -> (Value, bool) {
    match leading_integer(value) {
        Some(ParsedInteger { number, is_exact }) => {
            (number.max(0).into(), is_exact && number >= -1)
        }
        None => (0.into(), value == ""),
    }
}

/// Reads a limit, in whole units.
pub fn limit(name: &str, value: Value) -> (Value, bool) {
    match leading_integer(&value) {
        None => (value, true),
        Some(ParsedInteger { number, is_exact }) if UNLIMITED_ROWS.contains(&(name, number)) => {
            ((-1).into(), is_exact)
        }
        Some(ParsedInteger { number, is_exact }) => (number.into(), is_exact),
    }
}

/// Reads a list of ids. Empty members of lists and objects are left out; false means no ids.
pub fn ids(value: Value) -> Value {
    let filled = |list: Vec<Value>| {
        list.into_iter().filter(|id| !id.is_null() && *id != "" && *id != false).collect()
    };
    match value {
        Value::Array(list) => Value::Array(filled(list)),
        Value::Object(map) if map.keys().all(|key| key.parse::<u64>().is_ok()) => {
            Value::Array(filled(map.into_iter().map(|(_, id)| id).collect()))
        }
        Value::Bool(false) => json!([]),
        other => other,
    }
}

/// Reads the gender that decides the salutation. An unknown number becomes [`Gender::None`].
pub fn gender(value: Value) -> (Value, bool) {
    match (&value, leading_integer(&value)) {
        (_, Some(ParsedInteger { number, is_exact })) => match Gender::parse(&number.to_string()) {
            Ok(gender) => (gender.code().into(), is_exact),
            Err(_) => (Gender::None.code().into(), false),
        },
        _ => (value, true),
    }
}

/// Reads a language. An unknown name means the provider's default. The empty text is kept, because
/// it changes nothing.
pub fn language_or(value: Value, default: Language) -> (Value, bool) {
    match text(value) {
        Value::String(name) if !name.is_empty() => {
            let known = language(&name);
            (known.unwrap_or(default).code().into(), known.is_some())
        }
        value => (value, true),
    }
}

/// Returns the language of a name such as `de`, `de-AT`, `de_DE.UTF-8`, `Deutsch` or `german`.
pub fn language(name: &str) -> Option<Language> {
    let name = name.to_lowercase();
    let is = |known: &str| Language::parse(known).ok().filter(|_| known.to_lowercase() == name);
    let named = Language::NAMES.iter().find_map(|known| is(known));
    let english = || (name == "german").then_some(Language::De);
    let begins = || Language::parse(name.split(['-', '_']).next()?).ok();
    named.or_else(english).or_else(begins)
}

/// Reads a theme. An unknown name means the provider's default. So does the empty text if
/// `empty_is_default`, as in updates.
pub fn theme_or(value: Value, default: Theme, empty_is_default: bool) -> (Value, bool) {
    match text(value) {
        Value::String(name) if name.is_empty() => {
            (if empty_is_default { default.code() } else { "" }.into(), true)
        }
        Value::String(name) => match Theme::parse(&name) {
            Ok(_) => (name.into(), true),
            Err(_) => (default.code().into(), false),
        },
        value => (value, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches() {
        for (value, expected, is_exact) in [
            (json!("true"), true, true),
            (json!(" 1\n"), true, true),
            (json!("2"), true, true),
            (json!("1.0"), true, true),
            (json!(4), true, true),
            (json!(false), false, true),
            (json!("0"), false, true),
            (json!(""), false, true),
            (json!([]), false, true),
            (json!("perhaps"), false, false),
            (json!("1 yes"), true, false),
        ] {
            assert_eq!(flag(value.clone()), (json!(expected), is_exact), "{value}");
        }
        assert_eq!(flag(json!([true])), (json!([true]), true), "refused later");
    }

    #[test]
    fn only_1_and_true_switch_a_destroying_flag_on() {
        for value in [json!(1), json!(true), json!("1"), json!("01"), json!(1.0), json!(" 1 ")] {
            assert_eq!(destroying_flag(value.clone()), (json!(true), true), "{value}");
        }
        for value in [json!(0), json!(false), json!("0"), json!(""), json!("false")] {
            assert_eq!(destroying_flag(value.clone()), (json!(false), true), "{value}");
        }
        for value in
            [json!("true"), json!("yes"), json!(2), json!("1x"), json!([1]), json!(1.5), json!({})]
        {
            assert_eq!(destroying_flag(value.clone()), (json!(false), false), "{value}");
        }
    }

    #[test]
    fn limits() {
        for (name, value, expected, is_exact) in [
            ("diskspace", json!(-1024), json!(-1), true),
            ("diskspace", json!("-1024"), json!(-1), true),
            ("traffic", json!(-1_048_576), json!(-1), true),
            ("traffic", json!(-1024), json!(-1024), true),
            ("mysqls", json!(-1024), json!(-1024), true),
            ("emails", json!(2.9), json!(2), false),
            ("emails", json!("7x"), json!(7), false),
            ("emails", json!(""), json!(""), true),
            ("emails", json!([5]), json!([5]), true),
        ] {
            assert_eq!(limit(name, value.clone()), (expected, is_exact), "{name} {value}");
        }
    }

    #[test]
    fn languages_and_themes() {
        for name in ["de", "DE", "Deutsch", "deutsch", "German", "de-AT", "de_DE.UTF-8"] {
            assert_eq!(language(name), Some(Language::De), "{name}");
        }
        for name in ["en", "English", "en_US"] {
            assert_eq!(language(name), Some(Language::En), "{name}");
        }
        assert_eq!(language_or(json!("xx"), Language::De), (json!("de"), false));
        assert_eq!(language_or(json!("Français"), Language::En), (json!("en"), false));
        assert_eq!(language_or(json!(""), Language::De), (json!(""), true));
        assert_eq!(theme_or(json!("Sparkle"), Theme::System, true), (json!("system"), false));
        assert_eq!(theme_or(json!(""), Theme::Dark, true), (json!("dark"), true));
        assert_eq!(theme_or(json!("Froxlor"), Theme::Dark, true), (json!("Froxlor"), true));
    }

    #[test]
    fn genders_ids_counts_and_texts() {
        assert_eq!(gender(json!(9)), (json!("0"), false));
        assert_eq!(gender(json!("2")), (json!("2"), true));
        assert_eq!(gender(json!("")), (json!(""), true));
        assert_eq!(ids(json!({ "0": "1", "3": 2 })), json!(["1", 2]));
        assert_eq!(ids(json!(["", null, false, 1])), json!([1]));
        assert_eq!(ids(json!(false)), json!([]));
        for (value, read) in [
            (json!(-1), json!(0)),
            (json!(false), json!(0)),
            (json!("7"), json!(7)),
            (json!("7x"), json!("7x")),
        ] {
            assert_eq!(id(value.clone()), (read, true), "{value}");
        }
        assert_eq!(id(json!("Starter")), (json!(null), false));
        assert_eq!(
            (count(&json!(-1)), count(&json!("abc"))),
            ((json!(0), true), (json!(0), false))
        );
        assert_eq!(text(json!("pass word\n")), json!("pass word"));
        assert_eq!(
            (text(json!(12)), text(json!(false)), text(json!(["x"]))),
            (json!("12"), json!(""), json!(["x"]))
        );
    }
}
