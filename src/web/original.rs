//! The values that a form had when it was first shown. A hidden field carries them, so that the
//! server knows which fields the user has edited. Unedited fields take the stored values, so that
//! they do not overwrite changes of other users.

use super::csrf::VerifiedForm;
use super::form::{FormState, GENERAL};
use super::page::Chrome;
use domain::resources::Resource;
use std::collections::{BTreeMap, BTreeSet};

/// The hidden field with the original values.
pub const ORIGINAL_FIELD: &str = "original";

type Values = BTreeMap<String, Vec<String>>;

/// Stores the current values of a form in its hidden field.
pub fn store_original(form: &mut FormState) {
    let values: BTreeMap<&str, &[String]> =
        form.fields().filter(|(name, _)| *name != ORIGINAL_FIELD).collect();
    let text = serde_json::to_string(&values).unwrap_or_default();
    form.set(ORIGINAL_FIELD, text);
}

/// Returns the submitted form with the stored values in all fields that were not edited. Returns it
/// unchanged if it has no original values.
#[must_use]
pub fn merge_stored(sent: &VerifiedForm, stored: &FormState) -> VerifiedForm {
    let Some(original) = original(sent) else { return sent.clone() };
    let is_edited = |name: &str| is_edited(sent, &original, name);
    let mut pairs: Vec<(String, String)> =
        sent.0.iter().filter(|(name, _)| is_edited(without_brackets(name))).cloned().collect();
    for (name, values) in
        stored.fields().filter(|(name, _)| *name == ORIGINAL_FIELD || !is_edited(name))
    {
        pairs.extend(values.iter().map(|value| (name.to_owned(), value.clone())));
    }
    VerifiedForm(pairs)
}

/// Returns the fields that were changed to different values in the form and in the database.
#[must_use]
pub fn conflicting_fields(sent: &VerifiedForm, stored: &FormState) -> Vec<String> {
    let Some(original) = original(sent) else { return Vec::new() };
    let differs = |name: &&str| {
        let stored_value = normalized(stored.values(name).iter().map(String::as_str));
        is_edited(sent, &original, name)
            && stored_value != original_value(&original, name)
            && stored_value != submitted_value(sent, name)
    };
    // A field that was emptied in the database occurs only in the original values.
    let emptied = original.keys().map(String::as_str).filter(|name| stored.values(name).is_empty());
    let names: BTreeSet<&str> = stored.fields().map(|(name, _)| name).chain(emptied).collect();
    names
        .into_iter()
        .filter(|name| *name != ORIGINAL_FIELD)
        .filter(differs)
        .map(ToOwned::to_owned)
        .collect()
}

/// Returns the form for a user whose changes conflict with those of another user. It has the stored
/// values in unedited fields, the submitted ones elsewhere, and an error beside each conflicting
/// field. It carries the current version, so that submitting it again overwrites the other changes.
#[must_use]
pub fn conflict_form(
    c: &Chrome,
    area: &'static str,
    sent: &VerifiedForm,
    stored: &FormState,
) -> FormState {
    let mut form = FormState::posted(area, merge_stored(sent, stored).0);
    form.set("version", stored.value("version")).add_error(GENERAL, c.t("form-stale"));
    for name in conflicting_fields(sent, stored) {
        let stored_value = stored.values(&name).join(", ");
        let text = if stored_value.is_empty() || form.is_checked(&name) {
            c.t("form-stale-field")
        } else {
            c.t_with("form-stale-field-now", &[("value", stored_value)])
        };
        form.add_error(&name, text);
    }
    form
}

fn original(sent: &VerifiedForm) -> Option<Values> {
    serde_json::from_str(sent.value(ORIGINAL_FIELD)?).ok()
}

/// Returns whether a field was edited. A limit and its "unlimited" switch count as one field.
fn is_edited(sent: &VerifiedForm, original: &Values, name: &str) -> bool {
    if name == ORIGINAL_FIELD {
        return false;
    }
    let stem = name.strip_suffix("_ul").unwrap_or(name);
    [stem.to_owned(), format!("{stem}_ul")].iter().any(|name| {
        is_sent(sent, name) && submitted_value(sent, name) != original_value(original, name)
    })
}

/// Returns whether the form was submitted with this field. A missing field was not edited.
fn is_sent(sent: &VerifiedForm, name: &str) -> bool {
    sent.0.iter().any(|(known, _)| without_brackets(known) == name)
}

fn submitted_value(sent: &VerifiedForm, name: &str) -> Vec<String> {
    let values = normalized(
        sent.0
            .iter()
            .filter(|(known, _)| without_brackets(known) == name)
            .map(|(_, value)| value.as_str()),
    );
    // Fields show limits with the decimal separator of the language.
    let is_limit = Resource::ALL.iter().any(|resource| resource.name() == name);
    if is_limit {
        values.into_iter().map(|value| value.replace(',', ".")).collect()
    } else {
        values
    }
}

fn original_value(original: &Values, name: &str) -> Vec<String> {
    normalized(original.get(name).into_iter().flatten().map(String::as_str))
}

/// Normalizes values for comparison. Browsers submit line breaks as CRLF and omit unchecked boxes.
fn normalized<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut values: Vec<String> = values
        .map(|value| value.replace("\r\n", "\n").trim().to_owned())
        .filter(|value| !value.is_empty())
        .collect();
    values.sort();
    values
}

fn without_brackets(name: &str) -> &str {
    name.strip_suffix("[]").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> FormState {
        let mut form = FormState::new("customers");
        for (name, value) in fields {
            form.add(name, *value);
        }
        store_original(&mut form);
        form
    }

    #[test]
    fn unedited_fields_take_stored_values_and_edited_ones_stay() {
        let first = form(&[
            ("city", "Köln"),
            ("street", "Weg 1"),
            ("on", "1"),
            ("list", "1"),
            ("emptied", "1"),
            ("emails", "5"),
            ("emails_ul", "0"),
            ("hidden", "1"),
            ("notes", "a\nb"),
            ("version", "1"),
        ]);
        let stored = form(&[
            ("city", "Bonn"),
            ("street", "Weg 1"),
            ("list", "1"),
            ("list", "2"),
            ("emails_ul", "1"),
            ("on", "0"),
            ("notes", "c"),
            ("version", "2"),
        ]);
        let original = first.value(ORIGINAL_FIELD).to_owned();
        let sent = [
            ("city", "Aachen"),
            ("street", "Weg 2"),
            ("on", "1"),
            ("list[]", "1"),
            ("emptied[]", ""),
            ("emptied[]", "2"),
            ("emails", "5"),
            ("emails_ul", "0"),
            ("notes", "a\r\nb"),
            ("version", "1"),
            (ORIGINAL_FIELD, &original),
        ];
        let sent =
            VerifiedForm(sent.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        let merged = FormState::posted("customers", merge_stored(&sent, &stored).0);
        let shown = |name| merged.values(name).join(",");
        assert_eq!(
            [shown("city"), shown("street"), shown("on"), shown("list")],
            ["Aachen", "Weg 2", "0", "1,2"]
        );
        assert_eq!(
            [shown("emails"), shown("emails_ul"), shown("notes"), shown("version")],
            ["", "1", "c", "2"]
        );
        assert_eq!(merged.value(ORIGINAL_FIELD), stored.value(ORIGINAL_FIELD));
        assert_eq!(conflicting_fields(&sent, &stored), ["city", "emptied"]);
    }
}
