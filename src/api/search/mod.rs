//! Reads `sql_search`, `sql_orderby`, `sql_limit` and `sql_offset`. Columns come from an
//! allow-list, so no search reaches a secret. Unknown columns and operators are refused, and the
//! error names them (docs/compatibility.md#d45, #d52).

mod condition;
#[cfg(test)]
mod tests;

use super::dialect::Dialect;
use super::requests::{Count, Listing};
use condition::{condition, unknown_column_error};
use domain::query::{Condition, Direction, Field, ListQuery};
use domain::request::{Ordering, Sent};
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use serde_json::{Map, Value};

/// Maximum number of rows in a response without `sql_limit`, in the strict dialect.
pub const DEFAULT_LIMIT: u64 = 100;
/// Maximum number of rows in a response of the strict dialect, and in one that is not streamed.
pub const MAX_LIMIT: u64 = 1000;
/// The limit that means all rows. No table has so many.
pub const ALL: u64 = 1 << 60;

/// Reads search, order and page of a list. Validation errors are added to `errors`.
pub(super) fn read<C: Field>(
    listing: &Listing,
    dialect: Dialect,
    errors: &mut FieldErrors,
) -> ListQuery<C> {
    let conditions = read_conditions(&listing.count, dialect, errors);
    let order = read_order(&listing.sql_orderby, dialect, errors);
    let (sent_limit, offset) = (
        read_count(&listing.sql_limit, "sql_limit", errors),
        read_count(&listing.sql_offset, "sql_offset", errors).min(ALL),
    );
    let (limit, offset) = match (dialect, sent_limit) {
        (Dialect::Strict, 0) => (DEFAULT_LIMIT, offset),
        (Dialect::Strict, limit) => (limit.min(MAX_LIMIT), offset),
        // Froxlor applies an offset only together with a limit.
        (Dialect::Compatible, 0) => (ALL, 0),
        (Dialect::Compatible, limit) => (limit.min(ALL), offset),
    };
    ListQuery { conditions, order, ..ListQuery::page("", limit, offset) }
}

fn read_count(sent: &Sent<i64>, name: &str, errors: &mut FieldErrors) -> u64 {
    let number = sent.or_default();
    if number < 0 {
        errors.push(name, ValidationError::new(ErrorCode::NumberNegative));
    }
    u64::try_from(number).unwrap_or(0)
}

/// Maximum number of conditions in a search.
const MAX_CONDITIONS: usize = 100;
/// Maximum number of values in all lists of a search.
const MAX_VALUES: usize = 1000;

/// Reads `sql_search`. Validation errors are added to `errors`.
pub(super) fn read_conditions<C: Field>(
    sent: &Count,
    dialect: Dialect,
    errors: &mut FieldErrors,
) -> Vec<Condition<C>> {
    let mut conditions = Vec::new();
    let search =
        read_object("sql_search", sent.sql_search.as_ref().map(|sent| sent.0.clone()), errors);
    let count_values = |value: &Value| match value.get("value") {
        Some(Value::Array(list)) => list.len(),
        Some(Value::Object(map)) => map.len(),
        _ => 0,
    };
    let bounds = if search.len() > MAX_CONDITIONS {
        Err(ValidationError::new(ErrorCode::SearchTooManyConditions).with("max", MAX_CONDITIONS))
    } else if search.values().map(count_values).sum::<usize>() > MAX_VALUES {
        Err(ValidationError::new(ErrorCode::SearchTooManyValues).with("max", MAX_VALUES))
    } else {
        Ok(())
    };
    if errors.value_or_add("sql_search", bounds).is_none() {
        return conditions;
    }
    for (name, value) in search {
        if let Some(condition) =
            errors.value_or_add("sql_search", condition(&name, &value, dialect))
        {
            conditions.push(condition);
        }
    }
    conditions
}

fn read_order<C: Field>(
    sent: &Sent<Ordering>,
    dialect: Dialect,
    errors: &mut FieldErrors,
) -> Vec<(C, Direction)> {
    let sent = sent.as_ref().map(|sent| sent.0.clone());
    let list = sent.as_ref().filter(|_| dialect.is_compatible()).and_then(parse_list);
    let columns =
        list.unwrap_or_else(|| read_object("sql_orderby", sent, errors).into_iter().collect());
    let mut order = Vec::new();
    for (name, value) in columns {
        let column = C::parse(&name).ok_or_else(|| unknown_column_error(&name));
        let part = column.and_then(|column| Ok((column, read_direction(&value, dialect)?)));
        let part = errors.value_or_add("sql_orderby", part);
        // A repeated column has no effect on the order.
        order.extend(part.filter(|(column, _)| order.iter().all(|(known, _)| known != column)));
    }
    order
}

/// Reads the columns of a text such as `c.name DESC, c.loginname`, or of a list of such texts.
fn parse_list(value: &Value) -> Option<Vec<(String, Value)>> {
    let parts: Vec<&str> = match value {
        Value::String(text) if !text.trim_start().starts_with('{') => text.split(',').collect(),
        Value::Array(list) => list.iter().map(Value::as_str).collect::<Option<_>>()?,
        _ => return None,
    };
    let column = |part: &str| {
        let (name, direction) =
            part.trim().split_once(char::is_whitespace).unwrap_or((part.trim(), ""));
        (name.to_owned(), Value::from(direction))
    };
    Some(parts.into_iter().filter(|part| !part.trim().is_empty()).map(column).collect())
}

/// Reads an object. PHP writes an empty object as `[]`; the command line passes objects as text.
fn read_object(name: &str, sent: Option<Value>, errors: &mut FieldErrors) -> Map<String, Value> {
    let value = match sent {
        Some(Value::String(text)) if text.trim().is_empty() => None,
        Some(Value::String(text)) if text.trim_start().starts_with('{') => {
            serde_json::from_str(&text).ok()
        }
        value => value,
    };
    match value {
        None => Map::new(),
        Some(Value::Object(map)) => map,
        Some(Value::Array(list)) if list.is_empty() => Map::new(),
        Some(_) => {
            errors.push(name, ValidationError::new(ErrorCode::SearchInvalid));
            Map::new()
        }
    }
}

fn read_direction(value: &Value, dialect: Dialect) -> Result<Direction, ValidationError> {
    let word = value.as_str().map(|text| text.trim().to_ascii_uppercase());
    match (word.as_deref(), dialect) {
        (Some("DESC"), _) => Ok(Direction::Descending),
        (Some("ASC" | ""), _) | (_, Dialect::Compatible) => Ok(Direction::Ascending),
        (None, _) if value.is_null() => Ok(Direction::Ascending),
        (None, _) => {
            Err(ValidationError::new(ErrorCode::OrderUnknown).with("word", value.to_string()))
        }
        (Some(_), _) => Err(ValidationError::new(ErrorCode::OrderUnknown)
            .with("word", value.as_str().unwrap_or_default())),
    }
}
