//! What a request says of a webhook.

use crate::domain::event::EventName;
use crate::domain::fault::{Fault, FieldFaults};
use crate::domain::text;
use crate::services::params::Params;
use serde_json::Value;
use url::Url;

/// The longest address.
const URL_MAX: usize = 2000;

/// A webhook as sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookInput {
    /// What people read.
    pub label: String,
    /// Where events are sent.
    pub url: String,
    /// Of which it is told.
    pub events: Vec<EventName>,
    /// Whether it is told at all.
    pub enabled: bool,
}

/// Reads the parameters.
///
/// # Errors
/// Every fault, by field.
pub fn parse(mut params: Params) -> Result<WebhookInput, FieldFaults> {
    for name in ["label", "url"] {
        if !params.has(name) {
            params.faults.push(name, Fault::new("required"));
        }
    }
    let label = params.parsed("label", label).unwrap_or_default();
    let url = params.parsed("url", address).unwrap_or_default();
    let named = params.take("events").unwrap_or_default();
    let events = params.faults.keep("events", events(&named)).unwrap_or_default();
    let enabled = params.flag("enabled").unwrap_or(true);
    params.refuse_unknown();
    params.finish(WebhookInput { label, url, events, enabled })
}

fn label(text: &str) -> Result<String, Fault> {
    if text::is_blank(text) { Err(Fault::new("required")) } else { text::line(text, 100) }
}

fn events(named: &Value) -> Result<Vec<EventName>, Fault> {
    let codes = named.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut events: Vec<EventName> = codes
        .iter()
        .map(|code| code.as_str().and_then(EventName::parse))
        .collect::<Option<_>>()
        .ok_or_else(|| Fault::new("choice-unknown"))?;
    events.sort_unstable();
    events.dedup();
    if events.is_empty() { Err(Fault::new("webhook-events-none")) } else { Ok(events) }
}

/// Where it really leads is looked at when something is sent.
fn address(text: &str) -> Result<String, Fault> {
    if text::is_blank(text) {
        return Err(Fault::new("required"));
    }
    // Line breaks and tabs would be left out of it without a word.
    let text = text::line(text, URL_MAX).map_err(|_| Fault::new("webhook-url-invalid"))?;
    let url = Url::parse(&text).map_err(|_| Fault::new("webhook-url-invalid"))?;
    // It is shown, and stands in reasons: whoever signs in with it would be told to all who read them.
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Fault::new("webhook-url-password"));
    }
    let good = matches!(url.scheme(), "http" | "https") && url.has_host() && url.fragment().is_none() && url.as_str().len() <= URL_MAX;
    if good { Ok(url.into()) } else { Err(Fault::new("webhook-url-invalid")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (typed, stored) in [
            ("https://hooks.example.com/x?y=1", "https://hooks.example.com/x?y=1"),
            ("http://192.0.2.7:8080", "http://192.0.2.7:8080/"),
            ("HTTPS://Example.COM", "https://example.com/"),
        ] {
            assert_eq!(address(typed), Ok(stored.to_owned()));
        }
        for typed in ["example.com", "ftp://example.com/", "file:///etc/passwd", "https://", "javascript:alert(1)", "https://a/#b"] {
            assert_eq!(address(typed).unwrap_err().code, "webhook-url-invalid", "{typed}");
        }
        assert_eq!(address("https://me:secret@example.com/").unwrap_err().code, "webhook-url-password");
    }
}
