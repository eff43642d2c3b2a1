//! A form as a browser would send it: the values of the page, and typed values.

use scraper::{ElementRef, Html, Selector};

/// In the fields of [`Client::submit`](super::Client::submit): an unticked box, or a field that is
/// not sent.
pub const OFF: &str = "\u{0}off";

/// A form with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
    /// Hidden fields before checkboxes, which are sent alone if the box is unticked.
    pub opposites: Vec<(String, String)>,
}

impl Form {
    /// Returns the form of the page that posts to this action, with the page's values. A form
    /// without an action posts to the page's own path.
    pub fn on(page: &Html, action: &str, path: &str) -> Option<Self> {
        let forms = Selector::parse("form").unwrap();
        let found = page.select(&forms).find(|form| {
            form.attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post"))
                && form.attr("action").unwrap_or(path) == action
        })?;
        Some(Self { action: action.to_owned(), fields: fields(found), opposites: opposites(found) })
    }

    /// Types into a field, ticks a box ("1") or unticks it ([`OFF`]).
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.extend(self.opposites.iter().filter(|(known, _)| known == name).cloned());
        if value != OFF {
            self.fields.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// Returns the value of a field.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the body of the request.
    pub fn body(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.fields).finish()
    }
}

fn opposites(form: ElementRef<'_>) -> Vec<(String, String)> {
    let boxes = Selector::parse("input[type=checkbox]").unwrap();
    let named: Vec<&str> = form.select(&boxes).filter_map(|control| control.attr("name")).collect();
    let hidden = Selector::parse("input[type=hidden]").unwrap();
    let pair = |control: ElementRef<'_>| {
        Some((
            control.attr("name")?.to_owned(),
            control.attr("value").unwrap_or_default().to_owned(),
        ))
    };
    form.select(&hidden)
        .filter_map(pair)
        .filter(|(name, _)| named.contains(&name.as_str()))
        .collect()
}

fn fields(form: ElementRef<'_>) -> Vec<(String, String)> {
    let controls = Selector::parse("input, select, textarea").unwrap();
    let mut fields = Vec::new();
    for control in form.select(&controls) {
        let Some(name) = control.attr("name").filter(|_| control.attr("disabled").is_none()) else {
            continue;
        };
        let values: Vec<String> = match control.value().name() {
            "select" => chosen(control),
            "textarea" => {
                vec![control.text().collect::<String>().trim_start_matches('\n').to_owned()]
            }
            _ => input(control).into_iter().collect(),
        };
        fields.extend(values.into_iter().map(|value| (name.to_owned(), value)));
    }
    fields
}

fn input(control: ElementRef<'_>) -> Option<String> {
    let value = control.attr("value");
    match control.attr("type").unwrap_or("text") {
        "checkbox" | "radio" => control.attr("checked").map(|_| value.unwrap_or("on").to_owned()),
        "submit" | "button" | "image" | "reset" | "file" => None,
        _ => Some(value.unwrap_or_default().to_owned()),
    }
}

fn chosen(control: ElementRef<'_>) -> Vec<String> {
    let options = Selector::parse("option").unwrap();
    let value = |option: ElementRef<'_>| {
        option.attr("value").map_or_else(|| option.text().collect(), ToOwned::to_owned)
    };
    let selected: Vec<String> = control
        .select(&options)
        .filter(|option| option.attr("selected").is_some())
        .map(value)
        .collect();
    if selected.is_empty() && control.attr("multiple").is_none() {
        return control.select(&options).next().map(value).into_iter().collect();
    }
    selected
}
