//! Fields of forms that are built from a list.

use super::offers::Choice;

/// A field, for the macro `form::field`.
#[derive(Debug)]
pub struct Field {
    /// The name that is sent.
    pub name: &'static str,
    /// How the field is drawn.
    pub widget: Widget,
    /// Whether the field must be filled in.
    pub required: bool,
    /// The largest number of characters; empty where there is no limit.
    pub maxlength: String,
    /// An example in an empty field.
    pub placeholder: &'static str,
    /// The CSS class of the field.
    pub class: &'static str,
}

/// How a field is drawn.
#[derive(Debug)]
pub enum Widget {
    /// A line of text.
    Line,
    /// A URL.
    Url,
    /// A whole number.
    Number,
    /// Several lines of text; this many are visible.
    Lines(u8),
    /// A secret that is never shown.
    Secret,
    /// A checkbox.
    Checkbox,
    /// A checkbox drawn as a switch.
    Switch,
    /// One of a list.
    Select(Vec<Choice>),
    /// Several of a list.
    Checks(Vec<Choice>),
    /// No field: a state with an explanation.
    State {
        /// The state in a word.
        tag: String,
        /// The explanation.
        text: String,
    },
}

impl Field {
    /// An optional field without a limit.
    #[must_use]
    pub const fn new(name: &'static str, widget: Widget) -> Self {
        Self { name, widget, required: false, maxlength: String::new(), placeholder: "", class: "" }
    }

    /// Requires a value.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Limits the number of characters.
    #[must_use]
    pub fn max(self, characters: u16) -> Self {
        Self { maxlength: characters.to_string(), ..self }
    }

    /// Adds an example.
    #[must_use]
    pub fn placeholder(self, placeholder: &'static str) -> Self {
        Self { placeholder, ..self }
    }

    /// Gives the field the whole width.
    #[must_use]
    pub fn wide(self) -> Self {
        Self { class: "wide", ..self }
    }
}
