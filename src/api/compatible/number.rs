//! Numbers as PHP converts them from any value.

use serde_json::Value;

/// A whole number that was read from a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsedInteger {
    /// The number without its fraction.
    pub number: i64,
    /// Whether the whole value was a number without a fraction.
    pub is_exact: bool,
}

/// Returns the whole number at the beginning of a value: `"7x"` is 7, `"abc"` is 0, true is 1.
/// Returns `None` for the empty text, for null, lists and objects, and for numbers out of the range
/// of `i64`.
pub fn leading_integer(value: &Value) -> Option<ParsedInteger> {
    match value {
        Value::Bool(on) => Some(ParsedInteger { number: (*on).into(), is_exact: true }),
        Value::Number(number) => match number.as_i64() {
            Some(number) => Some(ParsedInteger { number, is_exact: true }),
            None => cut(number.as_f64()?, true),
        },
        Value::String(text) => of_text(text.trim()),
        _ => None,
    }
}

fn of_text(text: &str) -> Option<ParsedInteger> {
    if text.is_empty() {
        return None;
    }
    let sign = usize::from(text.starts_with(['-', '+']));
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = sign + digits(sign);
    if end == sign {
        return Some(ParsedInteger { number: 0, is_exact: false });
    }
    if text[end..].starts_with('.') || text[end..].starts_with(['e', 'E']) {
        if text[end..].starts_with('.') {
            end += 1 + digits(end + 1);
        }
        if text[end..].starts_with(['e', 'E']) {
            let exponent = end + 1 + usize::from(text[end + 1..].starts_with(['-', '+']));
            if digits(exponent) > 0 {
                end = exponent + digits(exponent);
            }
        }
        return cut(text[..end].parse().ok()?, end == text.len());
    }
    text[..end].parse().ok().map(|number| ParsedInteger { number, is_exact: end == text.len() })
}

fn cut(float: f64, is_all: bool) -> Option<ParsedInteger> {
    let number = format!("{:.0}", float.trunc()).parse().ok()?;
    Some(ParsedInteger { number, is_exact: is_all && float.fract() == 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_of_every_type() {
        for (value, number, is_exact) in [
            (json!(5), 5, true),
            (json!(2.9), 2, false),
            (json!(-0.5), 0, false),
            (json!(3.0), 3, true),
            (json!("12"), 12, true),
            (json!(" -1 "), -1, true),
            (json!("3.9"), 3, false),
            (json!("3."), 3, true),
            (json!("1e3"), 1000, true),
            (json!("1e"), 1, false),
            (json!("7x"), 7, false),
            (json!("abc"), 0, false),
            (json!("-"), 0, false),
            (json!("12 GB"), 12, false),
            (json!("ü"), 0, false),
            (json!(true), 1, true),
            (json!(false), 0, true),
        ] {
            assert_eq!(
                leading_integer(&value),
                Some(ParsedInteger { number, is_exact }),
                "{value}"
            );
        }
        for value in [
            json!(""),
            json!("  "),
            json!([5]),
            json!({}),
            json!(null),
            json!(1e300),
            json!("9223372036854775808"),
        ] {
            assert_eq!(leading_integer(&value), None, "{value}");
        }
    }
}
