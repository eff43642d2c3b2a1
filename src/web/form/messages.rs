//! Texts of a form: labels, hints, and the error summary.

use super::{FormState, GENERAL};
use crate::codes;
use crate::page::Chrome;
use i18n::Texts as _;

/// A line of the error summary above the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryLine {
    /// Field that the line links to; empty for none.
    pub field: String,
    /// The error, preceded by the field's label if there is one.
    pub text: String,
}

impl FormState {
    /// Returns the label of a field.
    #[must_use]
    pub fn label(&self, c: &Chrome, name: &str) -> String {
        self.try_text(c, "field", name).unwrap_or_else(|| c.field(name))
    }

    /// Returns the hint of a field, `hint-<area>-<name>` or `hint-<name>`; empty if there is none.
    #[must_use]
    pub fn hint(&self, c: &Chrome, name: &str) -> String {
        self.try_text(c, "hint", name).unwrap_or_default()
    }

    /// Returns the ids for `aria-describedby`: the error, then the hint.
    #[must_use]
    pub fn described_by(&self, name: &str, hint: &str) -> String {
        let mut ids = Vec::new();
        if self.is_invalid(name) {
            ids.push(format!("{name}-error"));
        }
        if !hint.is_empty() {
            ids.push(format!("{name}-hint"));
        }
        ids.join(" ")
    }

    /// Returns all errors for the summary above the form: first those without a field, then those
    /// of fields in the order of the page.
    #[must_use]
    pub fn summary(&self, c: &Chrome) -> Vec<SummaryLine> {
        let order = self.order.borrow();
        let position =
            |field: &str| order.iter().position(|known| known == field).unwrap_or(order.len());
        let mut errors: Vec<(&String, &Vec<String>)> = self.errors.iter().collect();
        errors.sort_by_key(|(field, _)| (*field != GENERAL, position(field)));
        let lines = errors.into_iter().flat_map(|(field, texts)| {
            let label = self.try_text(c, "field", field);
            texts.iter().map(move |text| SummaryLine {
                field: field.clone(),
                text: match &label {
                    Some(label) => format!("{label}: {text}"),
                    None => text.clone(),
                },
            })
        });
        lines.collect()
    }

    fn try_text(&self, c: &Chrome, kind: &str, name: &str) -> Option<String> {
        if name == GENERAL {
            return None;
        }
        let name = codes::key(name);
        c.lang
            .try_t(&format!("{kind}-{}-{name}", self.area))
            .or_else(|| c.lang.try_t(&format!("{kind}-{name}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_described_and_summarized() {
        let c = Chrome::default();
        let mut form = FormState::new("sign-in");
        form.add_error("loginname", "is missing").add_error(GENERAL, "try again");
        assert_eq!(form.described_by("loginname", "x"), "loginname-error loginname-hint");
        let summary = form.summary(&c);
        assert_eq!(summary[0].text, "try again");
        assert_eq!(summary[1].text, "Login name: is missing");
        assert_eq!(summary[1].field, "loginname");
        assert!(!form.has_only_general_errors());
    }

    #[test]
    fn the_summary_follows_the_order_of_the_page() {
        let c = Chrome::default();
        let mut form = FormState::new("sign-in");
        form.add_error("a", "1").add_error("z", "2").add_error("b", "3").add_error(GENERAL, "0");
        for field in ["z", "a", "none"] {
            let _ = form.is_invalid(field);
        }
        let summary: Vec<String> = form.summary(&c).into_iter().map(|line| line.field).collect();
        assert_eq!(summary, ["", "z", "a", "b"]);
    }
}
