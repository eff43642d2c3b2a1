//! Fields of forms that are generated from a list.

use super::choice::Choice;

/// A field, for the template macro `form::field`.
#[derive(Debug)]
pub struct Field {
    /// Name of the request's parameter.
    pub name: &'static str,
    pub widget: Widget,
    pub required: bool,
    /// Maximum number of characters; empty for no limit.
    pub maxlength: String,
    pub placeholder: &'static str,
    pub class: &'static str,
}

/// The control that renders a field.
#[derive(Debug)]
pub enum Widget {
    /// A single-line input of the type `text`, `url` or `number` (a whole number).
    Input(&'static str),
    /// A multi-line text with this number of visible lines.
    Lines(u8),
    /// A password field, which never shows a stored value.
    Secret,
    Checkbox,
    /// A checkbox in the style of a switch.
    Switch,
    /// A choice of one entry.
    Select(Vec<Choice>),
    /// A choice of several entries.
    Checks(Vec<Choice>),
    /// A read-only status with an explanation.
    State {
        tag: String,
        text: String,
    },
}

impl Field {
    /// Creates an optional field without a length limit.
    #[must_use]
    pub const fn new(name: &'static str, widget: Widget) -> Self {
        Self { name, widget, required: false, maxlength: String::new(), placeholder: "", class: "" }
    }

    /// Makes the field required.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Limits the number of characters.
    #[must_use]
    pub fn max(self, characters: u16) -> Self {
        Self { maxlength: characters.to_string(), ..self }
    }

    /// Adds a placeholder.
    #[must_use]
    pub fn placeholder(self, placeholder: &'static str) -> Self {
        Self { placeholder, ..self }
    }

    /// Extends the field over the full width.
    #[must_use]
    pub fn wide(self) -> Self {
        Self { class: "wide", ..self }
    }
}
