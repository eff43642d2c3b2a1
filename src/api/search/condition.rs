//! Conditions of a search. Froxlor's rows write "unlimited" as a negative number. In the compatible
//! dialect, unlimited is therefore below every limit; in the strict dialect it is above every limit
//! (docs/compatibility.md#diff-27).

use crate::compatible::{language, leading_integer};
use crate::dialect::Dialect;
use crate::rows::unit;
use domain::account::{Language, Theme};
use domain::column::ColumnType;
use domain::query::{Condition, Field, Predicate, search_text};
use domain::text::nfc;
use domain::validation::{ErrorCode, ValidationError};
use serde_json::Value;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Contains,
    Below,
    Above,
    Is,
    IsNot,
    In,
}

/// Reads the condition on a column.
///
/// # Errors
/// `search-field-unknown` or `search-value-invalid`, with the name of the column as `word`;
/// `operator-unknown`, with the operator as `word`; `search-too-long`.
pub(super) fn condition<C: Field>(
    name: &str,
    sent: &Value,
    dialect: Dialect,
) -> Result<Condition<C>, ValidationError> {
    let column = C::parse(name).ok_or_else(|| unknown_column_error(name))?;
    let empty = Value::from("");
    let invalid = || ValidationError::new(ErrorCode::SearchValueInvalid).with("word", name);
    let (operator, value) = match sent {
        Value::Object(map) => {
            if dialect == Dialect::Strict && map.keys().any(|key| key != "op" && key != "value") {
                return Err(invalid());
            }
            (operator(map.get("op"))?, map.get("value").unwrap_or(&empty))
        }
        value => (Operator::Contains, value),
    };
    let value = if value.is_null() { &empty } else { value };
    check_text_length(value)?;
    let test = match column.kind() {
        ColumnType::Text => text_test(column.name(), operator, value, dialect),
        kind => {
            NumberColumn { kind, unit: i64::try_from(unit(column.name())).unwrap_or(1), dialect }
                .test(operator, value)
        }
    };
    Ok(Condition { column, test: test.ok_or_else(invalid)? })
}

/// Refuses search texts that are too long.
fn check_text_length(value: &Value) -> Result<(), ValidationError> {
    let check = |value: &Value| value.as_str().map_or(Ok(()), |text| search_text(text).map(|_| ()));
    match value {
        Value::Array(list) => list.iter().try_for_each(check),
        Value::Object(map) => map.values().try_for_each(check),
        value => check(value),
    }
}

fn operator(sent: Option<&Value>) -> Result<Operator, ValidationError> {
    let word = match sent {
        None | Some(Value::Null) => "",
        Some(Value::String(word)) => word.trim(),
        Some(other) => {
            return Err(
                ValidationError::new(ErrorCode::OperatorUnknown).with("word", other.to_string())
            );
        }
    };
    Ok(match word.to_ascii_lowercase().as_str() {
        "" => Operator::Contains,
        "<" => Operator::Below,
        ">" => Operator::Above,
        "=" => Operator::Is,
        "<>" => Operator::IsNot,
        "in" => Operator::In,
        _ => return Err(ValidationError::new(ErrorCode::OperatorUnknown).with("word", word)),
    })
}

fn text_test(name: &str, operator: Operator, value: &Value, dialect: Dialect) -> Option<Predicate> {
    let text = |value: &Value| {
        let text = match value {
            Value::String(text) => nfc(text.trim()).into_owned(),
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => u8::from(*flag).to_string(),
            _ => return None,
        };
        // Froxlor's names of themes and languages stand for our codes.
        let code = match (name, value.as_str()) {
            ("theme", Some(name)) => Theme::parse(name).ok().map(Theme::code),
            ("def_language", Some(name)) if dialect.is_compatible() => {
                language(name).map(Language::code)
            }
            _ => None,
        };
        Some(code.map_or(text, ToOwned::to_owned))
    };
    Some(match operator {
        Operator::Contains if dialect.is_compatible() => Predicate::Matches(text(value)?),
        Operator::Contains => Predicate::Contains(text(value)?),
        Operator::Is => Predicate::TextIs(text(value)?),
        Operator::IsNot => Predicate::TextIsNot(text(value)?),
        Operator::Below => Predicate::TextBelow(text(value)?),
        Operator::Above => Predicate::TextAbove(text(value)?),
        Operator::In => {
            Predicate::TextIn(list(value, dialect)?.into_iter().map(text).collect::<Option<_>>()?)
        }
    })
}

fn list(value: &Value, dialect: Dialect) -> Option<Vec<&Value>> {
    let list: Vec<&Value> = match value {
        Value::Array(list) => list.iter().collect(),
        // PHP writes a list with missing indexes as an object.
        Value::Object(map) if dialect.is_compatible() => map.values().collect(),
        _ => return None,
    };
    (!list.is_empty()).then_some(list)
}

/// A column of numbers, in the API's units.
struct NumberColumn {
    kind: ColumnType,
    unit: i64,
    dialect: Dialect,
}

impl NumberColumn {
    fn test(&self, operator: Operator, value: &Value) -> Option<Predicate> {
        match operator {
            Operator::Contains => self.contains(value),
            Operator::In => {
                let numbers = list(value, self.dialect)?
                    .into_iter()
                    .map(|value| self.number(value))
                    .collect::<Option<Vec<i64>>>()?;
                Some(self.one_of(numbers))
            }
            operator => Some(self.compared(operator, self.number(value)?)),
        }
    }

    /// Returns a test with one flat list of numbers. A comparison for each number would exceed the
    /// engine's limit on the depth of an expression.
    fn one_of(&self, numbers: Vec<i64>) -> Predicate {
        let (unlimited, numbers): (Vec<i64>, Vec<i64>) =
            numbers.into_iter().partition(|n| *n < 0 && self.is_limit());
        let numbers = if self.unit == 1 {
            Predicate::NumberIn(numbers)
        } else {
            Predicate::UnitsIn(numbers, self.unit.unsigned_abs())
        };
        if unlimited.is_empty() {
            numbers
        } else {
            Predicate::Any(vec![Predicate::Unlimited, numbers])
        }
    }

    fn is_limit(&self) -> bool {
        matches!(self.kind, ColumnType::Limit(_))
    }

    fn compared(&self, operator: Operator, n: i64) -> Predicate {
        let (limit, compatible) = (self.is_limit(), self.dialect.is_compatible());
        let (from, above) =
            (n.saturating_mul(self.unit), n.saturating_add(1).saturating_mul(self.unit));
        match operator {
            Operator::Is => self.is(n),
            // Only "unlimited" is below zero, as in Froxlor's rows.
            Operator::IsNot | Operator::Above if n < 0 && limit => Predicate::Limited,
            Operator::IsNot => Predicate::Not(Box::new(self.is(n))),
            Operator::Below if n <= 0 && limit => Predicate::Unlimited,
            Operator::Below if limit && compatible => {
                Predicate::Any(vec![Predicate::Unlimited, Predicate::Below(from)])
            }
            Operator::Below => Predicate::Below(from),
            _ if limit && compatible => Predicate::Within(above, i64::MAX),
            _ => Predicate::Above(above.saturating_sub(1)),
        }
    }

    fn is(&self, n: i64) -> Predicate {
        match n {
            n if n < 0 && self.is_limit() => Predicate::Unlimited,
            // Rows show whole units, so every amount within the unit matches.
            n if self.unit > 1 => {
                let from = n.saturating_mul(self.unit);
                Predicate::Within(from, from.saturating_add(self.unit - 1))
            }
            n => Predicate::NumberIs(n),
        }
    }

    /// Returns a test for digits anywhere in a number, as Froxlor searches.
    fn contains(&self, value: &Value) -> Option<Predicate> {
        let text = value.as_str().map(str::trim);
        if text.is_some_and(str::is_empty) {
            return Some(Predicate::Always);
        }
        let flag = matches!(self.kind, ColumnType::Flag);
        let wild = text
            .filter(|text| self.dialect.is_compatible() && !flag && text.parse::<i64>().is_err());
        if let Some(pattern) = wild {
            return Some(Predicate::DigitsMatch(pattern.to_owned(), self.unit.unsigned_abs()));
        }
        Some(match self.number(value)? {
            n if flag => Predicate::NumberIs(n),
            n if n < 0 && self.is_limit() => Predicate::Unlimited,
            n if n < 0 => return None,
            n => Predicate::DigitsContain(n.to_string(), self.unit.unsigned_abs()),
        })
    }

    fn number(&self, value: &Value) -> Option<i64> {
        let flag = matches!(self.kind, ColumnType::Flag);
        match value {
            Value::Bool(on) if flag || self.dialect.is_compatible() => Some(i64::from(*on)),
            Value::Number(number) if number.is_i64() => number.as_i64(),
            Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" if flag => Some(1),
                "false" if flag => Some(0),
                "" if self.dialect.is_compatible() => Some(0),
                text => text.parse().ok().or_else(|| self.leading_number(value)),
            },
            other => self.leading_number(other),
        }
    }

    /// Returns the number at the beginning of a text in the compatible dialect: Froxlor's database
    /// compares with that number.
    fn leading_number(&self, value: &Value) -> Option<i64> {
        if self.dialect.is_compatible() {
            leading_integer(value).map(|integer| integer.number)
        } else {
            None
        }
    }
}

/// Returns the validation error for a column that lists do not have.
pub(super) fn unknown_column_error(name: &str) -> ValidationError {
    ValidationError::new(ErrorCode::SearchFieldUnknown).with("word", name)
}
