//! What may be said of a key.

use crate::domain::api_key::{AllowedFrom, KeyTerms};
use crate::domain::fault::{Fault, FieldFaults};
use crate::domain::text;
use crate::services::params::Params;
use jiff::Timestamp;

/// The longest label.
const LABEL: usize = 100;

/// Reads `label`, `allowed_from`, `valid_until` and `read_only`; what was not sent stays as it was `before`. A key may be
/// changed after its end, but not be given another end that is past already.
///
/// # Errors
/// Every fault, by field.
pub fn parse_terms(mut params: Params, before: &KeyTerms, now: Timestamp) -> Result<KeyTerms, FieldFaults> {
    let end = |text: &str| match KeyTerms::parse_end(text)? {
        Some(end) if end <= now && before.expires_at != Some(end) => Err(Fault::new("date-past")),
        end => Ok(end),
    };
    let terms = KeyTerms {
        label: params.parsed("label", |label| text::line(label, LABEL)).unwrap_or_else(|| before.label.clone()),
        allowed_from: params.parsed("allowed_from", AllowedFrom::parse).unwrap_or_else(|| before.allowed_from.clone()),
        read_only: params.flag("read_only").unwrap_or(before.read_only),
        expires_at: params.parsed("valid_until", end).unwrap_or(before.expires_at),
    };
    params.refuse_unknown();
    params.finish(terms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(value: Value, before: &KeyTerms) -> Result<KeyTerms, Vec<String>> {
        let Value::Object(map) = value else { panic!("an object") };
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        let codes = |faults: FieldFaults| {
            faults.iter().flat_map(|(field, list)| list.iter().map(move |fault| format!("{field}: {}", fault.code))).collect()
        };
        parse_terms(Params::new(map), before, now).map_err(codes)
    }

    #[test]
    fn every_fault_at_once() {
        let wrong =
            json!({ "label": "x".repeat(101), "allowed_from": "here", "valid_until": "2026-11-23", "read_only": "perhaps", "foo": 1 });
        let faults = read(wrong, &KeyTerms::default()).unwrap_err();
        assert_eq!(
            faults,
            [
                "allowed_from: network-invalid",
                "foo: parameter-unknown",
                "label: text-too-long",
                "read_only: type-flag",
                "valid_until: date-past"
            ]
        );
    }

    #[test]
    fn the_day_itself_is_not_over_and_an_old_end_may_stay() {
        assert!(read(json!({ "valid_until": "2026-11-24" }), &KeyTerms::default()).is_ok());
        let before = read(json!({ "valid_until": "2026-11-24", "label": "x" }), &KeyTerms::default()).unwrap();
        let over = KeyTerms { expires_at: KeyTerms::parse_end("2020-01-01").unwrap(), ..before };
        assert_eq!(read(json!({ "label": "y", "valid_until": "2020-01-01" }), &over).unwrap().expires_at, over.expires_at);
        assert_eq!(read(json!({ "valid_until": "2020-01-02" }), &over).unwrap_err(), ["valid_until: date-past"]);
        assert_eq!(read(json!({ "valid_until": "" }), &over).unwrap(), KeyTerms { expires_at: None, ..over });
    }
}
