//! The form of a webhook, for adding and editing.

use crate::form::{Choice, FormState};
use crate::original;
use crate::page::Chrome;
use askama::Template;
use domain::event::EventName;
use domain::webhook::Webhook;
use i18n::Texts as _;

#[derive(Template)]
#[template(path = "webhooks/form.html")]
pub(super) struct FormPage {
    pub c: Chrome,
    pub f: FormState,
    pub action: String,
    pub events: Vec<Choice>,
    /// The one that is edited.
    pub webhook: Option<Webhook>,
}

/// The events that can be asked for.
pub(super) fn events(c: &Chrome) -> Vec<Choice> {
    EventName::ALL
        .into_iter()
        .map(|name| Choice::new(name.code(), event_text(c, name.code())))
        .collect()
}

/// What an event is called.
pub(super) fn event_text(c: &Chrome, code: &str) -> String {
    c.lang.try_t(&format!("event-{}", code.replace('.', "-"))).unwrap_or_else(|| code.to_owned())
}

/// A form with what is stored.
pub(super) fn of(webhook: &Webhook) -> FormState {
    let mut form = FormState::new("webhooks");
    form.set("label", &webhook.label)
        .set("url", &webhook.url)
        .set("enabled", u8::from(webhook.enabled));
    for name in &webhook.events {
        form.add("events", name.code());
    }
    original::remember(&mut form);
    form
}
