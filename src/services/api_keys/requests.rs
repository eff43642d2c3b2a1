//! Request parameters of API keys.

use domain::api_key::{AllowedFrom, ApiKeySettings};
use domain::request::{Parameter, ParameterType, Received, request, text_of, text_types};
use domain::text;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use jiff::Timestamp;
use serde_json::Value;

/// Maximum length of a label, in characters.
const MAX_LABEL_LENGTH: usize = 100;

text_types! {
    /// Label that the account gives a key.
    Label = |text| text::line(text, MAX_LABEL_LENGTH);
}

/// End of a key's validity. `None` means that the key does not expire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpiryParameter(Option<Timestamp>);

impl Parameter for ExpiryParameter {
    const KIND: ParameterType = ParameterType::Text;

    fn read(value: Value) -> Result<Option<Self>, ValidationError> {
        ApiKeySettings::parse_expiry(&text_of(value)?).map(Self).map(Some)
    }
}

request! {
    /// The settings of a key.
    pub struct SaveKey {
        /// Label shown in lists
        label: Label,
        /// IP addresses and networks from which the key can be used
        allowed_from: AllowedFrom,
        /// Last day of validity
        valid_until: ExpiryParameter,
        /// Whether the key may only read
        read_only: bool,
    }
}

impl SaveKey {
    /// Returns the settings of a request. Parameters that were not sent keep their value from
    /// `before`. An expired key may be changed, but a new end must be in the future.
    ///
    /// # Errors
    /// Every validation error.
    pub fn settings(
        received: Received<Self>,
        before: &ApiKeySettings,
        now: Timestamp,
    ) -> Result<ApiKeySettings, FieldErrors> {
        let Received { request: Self { label, allowed_from, valid_until, read_only }, mut errors } =
            received;
        let expires_at = valid_until.value().map_or(before.expires_at, |end| end.0);
        if expires_at.is_some_and(|end| end <= now) && expires_at != before.expires_at {
            errors.push("valid_until", ValidationError::new(ErrorCode::DatePast));
        }
        errors.into_result(ApiKeySettings {
            label: label.value().map_or_else(|| before.label.clone(), String::from),
            allowed_from: allowed_from.value().unwrap_or_else(|| before.allowed_from.clone()),
            read_only: read_only.value().unwrap_or(before.read_only),
            expires_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value, before: &ApiKeySettings) -> Result<ApiKeySettings, Vec<String>> {
        let Value::Object(map) = value else { panic!("the value must be an object") };
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        let codes = |errors: FieldErrors| {
            errors
                .iter()
                .flat_map(|(field, list)| {
                    list.iter().map(move |error| format!("{field}: {}", error.code.as_str()))
                })
                .collect()
        };
        SaveKey::settings(Received::new(map), before, now).map_err(codes)
    }

    #[test]
    fn all_errors_are_reported_at_once() {
        let wrong = json!({ "label": "x".repeat(101), "allowed_from": "here", "valid_until": "2026-11-23", "read_only": "perhaps", "foo": 1 });
        let errors = read(wrong, &ApiKeySettings::default()).unwrap_err();
        assert_eq!(
            errors,
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
    fn today_is_a_valid_end_and_an_old_end_may_stay() {
        assert!(read(json!({ "valid_until": "2026-11-24" }), &ApiKeySettings::default()).is_ok());
        let before =
            read(json!({ "valid_until": "2026-11-24", "label": "x" }), &ApiKeySettings::default())
                .unwrap();
        let expired = ApiKeySettings {
            expires_at: ApiKeySettings::parse_expiry("2020-01-01").unwrap(),
            ..before
        };
        assert_eq!(
            read(json!({ "label": "y", "valid_until": "2020-01-01" }), &expired)
                .unwrap()
                .expires_at,
            expired.expires_at
        );
        assert_eq!(
            read(json!({ "valid_until": "2020-01-02" }), &expired).unwrap_err(),
            ["valid_until: date-past"]
        );
        assert_eq!(
            read(json!({ "valid_until": "" }), &expired).unwrap(),
            ApiKeySettings { expires_at: None, ..expired }
        );
    }
}
