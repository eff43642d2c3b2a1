//! The state of a form: its values and validation errors.

mod choice;
mod fields;
mod messages;

use super::csrf::secret::FIELD as CSRF_TOKEN;
use super::form_page;
use super::page::Chrome;
use domain::record::record;
use domain::resources::Limits;
use i18n::format;
use serde::Serialize;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;

pub use choice::{Choice, PolicyHints};
pub use fields::{Field, Widget};
pub use messages::SummaryLine;

/// The pseudo-field for errors that belong to no field.
pub const GENERAL: &str = "";

/// Values and validation errors of a form. It never holds secrets, such as passwords.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormState {
    area: &'static str,
    values: BTreeMap<String, Vec<String>>,
    errors: BTreeMap<String, Vec<String>>,
    /// Invalid fields in the order in which the page renders them. The error summary is above the
    /// form but follows this order, so [`respond::html`](super::respond::html) renders an invalid
    /// form twice.
    order: RefCell<Vec<String>>,
}

impl FormState {
    /// Creates an empty form. Labels are looked up as `field-<area>-<name>`, then `field-<name>`.
    #[must_use]
    pub fn new(area: &'static str) -> Self {
        Self { area, ..Self::default() }
    }

    /// Creates a form with the submitted values, except secrets and the tokens.
    #[must_use]
    pub fn posted<N: AsRef<str>, V: Into<String>>(
        area: &'static str,
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let mut form = Self::new(area);
        for (name, value) in pairs {
            if !is_token(name.as_ref()) {
                form.add(name.as_ref(), value);
            }
        }
        form
    }

    /// Sets the only value of a field.
    #[expect(clippy::needless_pass_by_value, reason = "numbers and literals come without &")]
    pub fn set(&mut self, name: &str, value: impl ToString) -> &mut Self {
        self.values.remove(name);
        self.add(name, value.to_string());
        self
    }

    /// Checks or unchecks a checkbox.
    pub fn set_checked(&mut self, name: &str, on: bool) -> &mut Self {
        self.set(name, u8::from(on))
    }

    /// Fills in the serialized fields of a domain type: switches, texts, numbers and lists. Limits
    /// have units; [`fill_limits`](Self::fill_limits) sets them.
    pub fn fill(&mut self, source: &impl Serialize) -> &mut Self {
        for (name, value) in record(source) {
            let texts = match value {
                Value::Bool(on) => vec![u8::from(on).to_string()],
                Value::String(text) => vec![text],
                Value::Array(list) => list.iter().map(Value::to_string).collect(),
                Value::Null | Value::Object(_) => vec![String::new()],
                Value::Number(number) => vec![number.to_string()],
            };
            self.clear(&name);
            for text in texts {
                self.add(&name, text);
            }
        }
        self
    }

    /// Fills in limits, each in its unit.
    pub fn fill_limits(&mut self, limits: &Limits) -> &mut Self {
        for (resource, quota) in limits.iter() {
            self.set_quota(resource.name(), format::limit(quota, resource.unit().size()));
        }
        self
    }

    /// Sets a number and its "unlimited" switch; `None` is unlimited.
    pub fn set_quota(&mut self, name: &str, value: Option<impl ToString>) -> &mut Self {
        let unlimited = value.is_none();
        self.set(name, value.map(|value| value.to_string()).unwrap_or_default());
        self.set_checked(&format!("{name}_ul"), unlimited)
    }

    /// Removes the values of a field.
    pub fn clear(&mut self, name: &str) -> &mut Self {
        self.values.remove(name);
        self
    }

    /// Adds a value to a field that may have several. Ignores secrets.
    pub fn add(&mut self, name: &str, value: impl Into<String>) -> &mut Self {
        if !is_secret(name) {
            let name = name.strip_suffix("[]").unwrap_or(name);
            self.values.entry(name.to_owned()).or_default().push(value.into());
        }
        self
    }

    /// Adds a translated error.
    pub fn add_error(&mut self, name: &str, text: impl Into<String>) -> &mut Self {
        self.errors.entry(name.to_owned()).or_default().push(text.into());
        self
    }

    /// Returns the first value of a field; empty if it has none.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Returns the value of a limit with the decimal separator of the page's language.
    #[must_use]
    pub fn number(&self, c: &Chrome, name: &str) -> String {
        format::field_number(c.lang, self.value(name))
    }

    /// Returns all fields with their values.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.values.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    /// Returns all values of a field.
    #[must_use]
    pub fn values(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Returns whether a field has this value among its values.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.values(name).iter().any(|known| known == value)
    }

    /// Returns whether a single checkbox is checked.
    #[must_use]
    pub fn is_checked(&self, name: &str) -> bool {
        self.values(name)
            .last()
            .is_some_and(|value| matches!(value.as_str(), "1" | "on" | "true" | "yes"))
    }

    /// Returns the errors of a field.
    #[must_use]
    pub fn errors(&self, name: &str) -> &[String] {
        self.errors.get(name).map_or(&[], Vec::as_slice)
    }

    /// Returns whether a field has errors. Templates call this when they render the field; the
    /// calls determine the order of the summary.
    #[must_use]
    pub fn is_invalid(&self, name: &str) -> bool {
        let is_invalid = !self.errors(name).is_empty();
        if is_invalid {
            let mut order = self.order.borrow_mut();
            if !order.iter().any(|known| known == name) {
                order.push(name.to_owned());
            }
        }
        is_invalid
    }

    #[must_use]
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Returns whether all errors belong to no field, so that the summary has no links.
    #[must_use]
    pub fn has_only_general_errors(&self) -> bool {
        self.errors.keys().all(|name| name == GENERAL)
    }
}

/// Returns whether a hidden field of this name holds the CSRF token or the sealed metadata of the
/// form.
#[must_use]
pub fn is_token(name: &str) -> bool {
    name == CSRF_TOKEN || name == form_page::FIELD
}

/// Returns whether a field of this name holds a secret.
#[must_use]
pub fn is_secret(name: &str) -> bool {
    // Settings such as `password.min_length` are not passwords.
    name == "admin_url"
        || name.contains("password") && name != "sendpassword" && !name.starts_with("password.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_and_tokens_are_not_kept() {
        let form = FormState::posted(
            "customers",
            [
                ("email", "a@example.org"),
                ("new_customer_password", "secret"),
                ("password", "secret"),
                ("old_password", "secret"),
                ("new_password_confirm", "secret"),
                (CSRF_TOKEN, "secret"),
                (form_page::FIELD, "secret"),
                ("sendpassword", "1"),
                ("allowed_phpconfigs[]", "1"),
                ("allowed_phpconfigs[]", "3"),
            ],
        );
        assert!(!format!("{form:?}").contains("\"secret\""));
        assert_eq!(form.value("email"), "a@example.org");
        assert!(form.is_checked("sendpassword"));
        assert!(form.has("allowed_phpconfigs", "3"));
        assert!(!form.has("allowed_phpconfigs", "2"));
    }

    #[test]
    fn a_quota_is_a_number_or_unlimited() {
        let mut form = FormState::new("customers");
        form.set_quota("diskspace", Some(1024)).set_quota("traffic", None::<u64>);
        assert_eq!(form.value("diskspace"), "1024");
        assert!(!form.is_checked("diskspace_ul"));
        assert_eq!(form.value("traffic"), "");
        assert!(form.is_checked("traffic_ul"));
    }
}
