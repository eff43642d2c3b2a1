//! `sql_search`, `sql_orderby`, `sql_limit`, `sql_offset`: how clients ask lists (reference: customers-commands.md 0.6, without
//! its defects D45 and D52). Columns come from an allow-list, so no question reaches a secret; whatever else is asked is
//! refused with the word named.

#[cfg(test)]
mod tests;

use super::rows::unit;
use crate::domain::account::Theme;
use crate::domain::fault::Fault;
use crate::domain::query::{Condition, Direction, Field, Kind, Question, Test, search_text};
use crate::domain::text::nfc;
use crate::services::params::Params;
use serde_json::{Map, Value};

/// Rows, where nobody says how many.
pub const DEFAULT_LIMIT: u64 = 100;
/// The most rows of one answer.
pub const MAX_LIMIT: u64 = 1000;

/// Reads it all; what is wrong is noted with the parameters' faults.
pub(super) fn read<C: Field>(params: &mut Params) -> Question<C> {
    let conditions = conditions(params);
    let order = order(params);
    let mut count = |name| match params.number(name) {
        Some(n) if n < 0 => {
            params.faults.push(name, Fault::new("number-negative"));
            0
        }
        n => n.and_then(|n| u64::try_from(n).ok()).unwrap_or(0),
    };
    let limit = match count("sql_limit") {
        0 => DEFAULT_LIMIT,
        n => n.min(MAX_LIMIT),
    };
    // Beyond what a database can count there is nothing anyway.
    let offset = count("sql_offset").min(1 << 60);
    Question { conditions, order, ..Question::part("", limit, offset) }
}

/// The most conditions of one search, and the most values of all its lists together.
const CONDITIONS_MAX: usize = 100;
const VALUES_MAX: usize = 1000;

/// Reads `sql_search` alone.
pub(super) fn conditions<C: Field>(params: &mut Params) -> Vec<Condition<C>> {
    let mut conditions = Vec::new();
    let asked = object(params, "sql_search");
    let values = |value: &Value| value.get("value").and_then(Value::as_array).map_or(0, Vec::len);
    let is_bounded = if asked.len() > CONDITIONS_MAX {
        Err(Fault::new("search-too-many-conditions").with("max", CONDITIONS_MAX))
    } else if asked.values().map(values).sum::<usize>() > VALUES_MAX {
        Err(Fault::new("search-too-many-values").with("max", VALUES_MAX))
    } else {
        Ok(())
    };
    if params.faults.keep("sql_search", is_bounded).is_none() {
        return conditions;
    }
    for (name, value) in asked {
        if let Some(found) = params.faults.keep("sql_search", condition(&name, &value)) {
            conditions.push(found);
        }
    }
    conditions
}

fn order<C: Field>(params: &mut Params) -> Vec<(C, Direction)> {
    let mut order = Vec::new();
    for (name, value) in object(params, "sql_orderby") {
        let column = C::parse(&name).ok_or_else(|| unknown(&name));
        let part = column.and_then(|column| Ok((column, direction(&value)?)));
        let part = params.faults.keep("sql_orderby", part);
        // A column named once more decides nothing.
        order.extend(part.filter(|(column, _)| order.iter().all(|(known, _)| known != column)));
    }
    order
}

/// An object; PHP writes an empty one as `[]`, and a command line as text.
fn object(params: &mut Params, name: &str) -> Map<String, Value> {
    let value = match params.take(name) {
        Some(Value::String(text)) if text.trim().is_empty() => None,
        Some(Value::String(text)) if text.trim_start().starts_with('{') => serde_json::from_str(&text).ok(),
        value => value,
    };
    match value {
        None => Map::new(),
        Some(Value::Object(map)) => map,
        Some(Value::Array(list)) if list.is_empty() => Map::new(),
        Some(_) => {
            params.faults.push(name, Fault::new("search-invalid"));
            Map::new()
        }
    }
}

fn unknown(name: &str) -> Fault {
    Fault::new("search-field-unknown").with("word", name)
}

fn direction(value: &Value) -> Result<Direction, Fault> {
    match value {
        Value::Null => Ok(Direction::Ascending),
        Value::String(text) => match text.trim().to_ascii_uppercase().as_str() {
            "ASC" | "" => Ok(Direction::Ascending),
            "DESC" => Ok(Direction::Descending),
            _ => Err(Fault::new("order-unknown").with("word", text)),
        },
        other => Err(Fault::new("order-unknown").with("word", other)),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Contains,
    Below,
    Above,
    Is,
    IsNot,
    In,
}

/// One column's condition.
fn condition<C: Field>(name: &str, asked: &Value) -> Result<Condition<C>, Fault> {
    let column = C::parse(name).ok_or_else(|| unknown(name))?;
    let empty = Value::from("");
    let (operator, value) = match asked {
        Value::Object(map) => {
            if map.keys().any(|key| key != "op" && key != "value") {
                return Err(invalid(name));
            }
            (operator(map.get("op"))?, map.get("value").unwrap_or(&empty))
        }
        value => (Operator::Contains, value),
    };
    let value = if value.is_null() { &empty } else { value };
    let test = match column.kind() {
        Kind::Text => {
            bounded(value)?;
            text_test(column.name(), operator, value)
        }
        kind => number_test(kind, unit(column.name()), operator, value),
    };
    Ok(Condition { column, test: test.ok_or_else(|| invalid(name))? })
}

/// Refuses texts that are too long to search for.
fn bounded(value: &Value) -> Result<(), Fault> {
    let texts = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    texts.iter().filter_map(Value::as_str).try_for_each(|text| search_text(text).map(|_| ()))
}

fn invalid(name: &str) -> Fault {
    Fault::new("search-value-invalid").with("word", name)
}

fn operator(sent: Option<&Value>) -> Result<Operator, Fault> {
    let word = match sent {
        None | Some(Value::Null) => "",
        Some(Value::String(word)) => word.trim(),
        Some(other) => return Err(Fault::new("operator-unknown").with("word", other)),
    };
    Ok(match word.to_ascii_lowercase().as_str() {
        "" => Operator::Contains,
        "<" => Operator::Below,
        ">" => Operator::Above,
        "=" => Operator::Is,
        "<>" => Operator::IsNot,
        "in" => Operator::In,
        _ => return Err(Fault::new("operator-unknown").with("word", word)),
    })
}

fn text_test(name: &str, operator: Operator, value: &Value) -> Option<Test> {
    let text = |value: &Value| {
        let text = match value {
            Value::String(text) => nfc(text.trim()).to_lowercase(),
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => u8::from(*flag).to_string(),
            _ => return None,
        };
        // The peer's names of themes stand for ours.
        let theme = value.as_str().filter(|_| name == "theme").and_then(|name| Theme::parse(name).ok());
        Some(theme.map_or(text, |theme| theme.code().to_owned()))
    };
    Some(match operator {
        Operator::Contains => Test::Contains(text(value)?),
        Operator::Is => Test::TextIs(text(value)?),
        Operator::IsNot => Test::TextIsNot(text(value)?),
        Operator::Below => Test::TextBelow(text(value)?),
        Operator::Above => Test::TextAbove(text(value)?),
        Operator::In => Test::TextIn(list(value)?.iter().map(text).collect::<Option<_>>()?),
    })
}

fn list(value: &Value) -> Option<&Vec<Value>> {
    value.as_array().filter(|list| !list.is_empty())
}

/// Numbers in the API's units. Below zero lies only what has no limit, as in the peer's rows.
fn number_test(kind: Kind, unit: u64, operator: Operator, value: &Value) -> Option<Test> {
    let unit = i64::try_from(unit).ok()?;
    let limit = matches!(kind, Kind::Limit(_));
    if operator == Operator::Contains {
        return contains_test(kind, unit, value);
    }
    let is = |n: i64| match n {
        n if n < 0 && limit => Test::Unlimited,
        // A row shows whole units: whatever begins so is meant.
        n if unit > 1 => Test::Within(n.saturating_mul(unit), n.saturating_mul(unit).saturating_add(unit - 1)),
        n => Test::NumberIs(n),
    };
    if operator == Operator::In {
        let numbers = list(value)?.iter().map(|value| number(kind, value)).collect::<Option<Vec<i64>>>()?;
        return Some(one_of(numbers, limit, unit));
    }
    let n = number(kind, value)?;
    Some(match operator {
        Operator::Is => is(n),
        Operator::IsNot | Operator::Above if n < 0 && limit => Test::NotUnlimited,
        Operator::IsNot => Test::Not(Box::new(is(n))),
        Operator::Below if n <= 0 && limit => Test::Unlimited,
        Operator::Below => Test::Below(n.saturating_mul(unit)),
        _ => Test::Above(n.saturating_add(1).saturating_mul(unit).saturating_sub(1)),
    })
}

/// One flat list for the engine, however many numbers there are: as many comparisons would be too deep a statement.
fn one_of(numbers: Vec<i64>, limit: bool, unit: i64) -> Test {
    let (unlimited, numbers): (Vec<i64>, Vec<i64>) = numbers.into_iter().partition(|n| *n < 0 && limit);
    let numbers = if unit == 1 { Test::NumberIn(numbers) } else { Test::UnitsIn(numbers, unit.unsigned_abs()) };
    if unlimited.is_empty() { numbers } else { Test::Any(vec![Test::Unlimited, numbers]) }
}

/// Digits anywhere in a number, as the peer looks for them.
fn contains_test(kind: Kind, unit: i64, value: &Value) -> Option<Test> {
    if value.as_str().is_some_and(|text| text.trim().is_empty()) {
        return Some(Test::Always);
    }
    let n = number(kind, value)?;
    let limit = matches!(kind, Kind::Limit(_));
    Some(match n {
        n if matches!(kind, Kind::Flag) => Test::NumberIs(n),
        n if n < 0 && limit => Test::Unlimited,
        n if n < 0 => return None,
        n => Test::DigitsContain(n.to_string(), unit.unsigned_abs()),
    })
}

fn number(kind: Kind, value: &Value) -> Option<i64> {
    match value {
        Value::Bool(flag) => matches!(kind, Kind::Flag).then(|| i64::from(*flag)),
        Value::Number(number) => number.as_i64(),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" if matches!(kind, Kind::Flag) => Some(1),
            "false" if matches!(kind, Kind::Flag) => Some(0),
            text => text.parse().ok(),
        },
        _ => None,
    }
}
