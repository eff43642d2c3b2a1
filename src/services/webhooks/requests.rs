//! Requests about webhooks.

use domain::event::EventName;
use domain::request::{Parameter, ParameterType, Received, request, text_types};
use domain::text;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use serde_json::Value;
use url::Url;

/// Maximum length of a URL.
const URL_MAX: usize = 2000;

/// A webhook as sent in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookInput {
    /// Display name.
    pub label: String,
    /// URL of the endpoint.
    pub url: String,
    /// Events that are delivered.
    pub events: Vec<EventName>,
    /// Whether the webhook is active.
    pub enabled: bool,
}

text_types! {
    /// Display name of a webhook.
    Label = label;
    /// URL of an endpoint.
    EndpointUrl = endpoint_url;
}

/// Events that are delivered.
#[derive(Clone, Debug, Default)]
pub struct Events(Vec<EventName>);

impl Parameter for Events {
    const KIND: ParameterType = ParameterType::Names;

    fn read(value: Value) -> Result<Option<Self>, ValidationError> {
        events(&value).map(Self).map(Some)
    }
}

request! {
    /// The form of a webhook.
    pub struct SaveWebhook {
        required {
            /// Display name
            label: Label,
            /// URL of the endpoint
            url: EndpointUrl,
        }
        /// Events that are delivered
        events: Events,
        /// Whether the webhook is active
        enabled: bool,
    }
}

impl WebhookInput {
    /// Returns the validated request.
    ///
    /// # Errors
    /// All validation errors.
    pub fn of(received: Received<SaveWebhook>) -> Result<Self, FieldErrors> {
        let Received { request, mut errors } = received;
        if !request.events.is_sent() {
            errors.push("events", ValidationError::new(ErrorCode::WebhookEventsNone));
        }
        let SaveWebhook { label, url, events, enabled } = errors.into_result(request)?;
        Ok(Self {
            label: label.or_default().0,
            url: url.or_default().0,
            events: events.or_default().0,
            enabled: enabled.value().unwrap_or(true),
        })
    }
}

fn label(text: &str) -> Result<String, ValidationError> {
    text::required_line(text, 100)
}

fn events(value: &Value) -> Result<Vec<EventName>, ValidationError> {
    let codes = value.as_array().map(Vec::as_slice).unwrap_or_default();
    // The form sends an additional empty value, so that the field is present even if no checkbox is
    // selected.
    let mut events: Vec<EventName> = codes
        .iter()
        .filter(|code| **code != "")
        .map(|code| code.as_str().and_then(EventName::parse))
        .collect::<Option<_>>()
        .ok_or_else(|| ValidationError::new(ErrorCode::ChoiceUnknown))?;
    events.sort_unstable();
    events.dedup();
    if events.is_empty() {
        Err(ValidationError::new(ErrorCode::WebhookEventsNone))
    } else {
        Ok(events)
    }
}

/// Validates the URL of an endpoint. Its host is resolved and checked only when something is sent.
fn endpoint_url(text: &str) -> Result<String, ValidationError> {
    if text::is_blank(text) {
        return Err(ValidationError::new(ErrorCode::Required));
    }
    // `Url::parse` would silently remove line breaks and tabs.
    let text = text::line(text, URL_MAX)
        .map_err(|_| ValidationError::new(ErrorCode::WebhookUrlInvalid))?;
    let url = Url::parse(&text).map_err(|_| ValidationError::new(ErrorCode::WebhookUrlInvalid))?;
    // The URL appears on pages and in error texts, where everyone who reads them would see the
    // credentials.
    if !url.username().is_empty() || url.password().is_some() {
        return Err(ValidationError::new(ErrorCode::WebhookUrlPassword));
    }
    let is_valid = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.fragment().is_none()
        && url.as_str().len() <= URL_MAX;
    if is_valid { Ok(url.into()) } else { Err(ValidationError::new(ErrorCode::WebhookUrlInvalid)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_http_urls_without_credentials_are_valid() {
        for (typed, stored) in [
            ("https://hooks.example.com/x?y=1", "https://hooks.example.com/x?y=1"),
            ("http://192.0.2.7:8080", "http://192.0.2.7:8080/"),
            ("HTTPS://Example.COM", "https://example.com/"),
        ] {
            assert_eq!(endpoint_url(typed), Ok(stored.to_owned()));
        }
        for typed in [
            "example.com",
            "ftp://example.com/",
            "file:///etc/passwd",
            "https://",
            "javascript:alert(1)",
            "https://a/#b",
        ] {
            assert_eq!(
                endpoint_url(typed).unwrap_err().code.as_str(),
                "webhook-url-invalid",
                "{typed}"
            );
        }
        assert_eq!(
            endpoint_url("https://me:secret@example.com/").unwrap_err().code.as_str(),
            "webhook-url-password"
        );
    }
}
