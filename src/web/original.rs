//! What a form held when it was first shown. It goes along in a hidden field, so that the fields
//! that a person did not touch are known: they take what is stored by now, and overwrite nothing
//! that somebody else saved meanwhile.

use super::csrf::Guarded;
use super::form::{FormState, GENERAL};
use super::page::Chrome;
use domain::resources::Resource;
use std::collections::{BTreeMap, BTreeSet};

/// The hidden field.
pub const FIELD: &str = "original";

type Values = BTreeMap<String, Vec<String>>;

/// Notes in a form what it holds.
pub fn remember(form: &mut FormState) {
    let values: BTreeMap<&str, &[String]> =
        form.fields().filter(|(name, _)| *name != FIELD).collect();
    let text = serde_json::to_string(&values).unwrap_or_default();
    form.set(FIELD, text);
}

/// The form with the stored values in the fields that were not touched; as it was sent where it
/// does not say what it held.
#[must_use]
pub fn merged(sent: &Guarded, stored: &FormState) -> Guarded {
    let Some(original) = original(sent) else { return sent.clone() };
    let is_touched = |name: &str| is_touched(sent, &original, name);
    let mut pairs: Vec<(String, String)> =
        sent.0.iter().filter(|(name, _)| is_touched(plain(name))).cloned().collect();
    for (name, values) in stored.fields().filter(|(name, _)| *name == FIELD || !is_touched(name)) {
        pairs.extend(values.iter().map(|value| (name.to_owned(), value.clone())));
    }
    Guarded(pairs)
}

/// The fields that were changed here and elsewhere, each to another value.
#[must_use]
pub fn in_conflict(sent: &Guarded, stored: &FormState) -> Vec<String> {
    let Some(original) = original(sent) else { return Vec::new() };
    let differs = |name: &&str| {
        let now = same_lines(stored.values(name).iter().map(String::as_str));
        is_touched(sent, &original, name)
            && now != held(&original, name)
            && now != typed(sent, name)
    };
    // What the other one emptied is only in the original.
    let emptied = original.keys().map(String::as_str).filter(|name| stored.values(name).is_empty());
    let names: BTreeSet<&str> = stored.fields().map(|(name, _)| name).chain(emptied).collect();
    names.into_iter().filter(|name| *name != FIELD).filter(differs).map(ToOwned::to_owned).collect()
}

/// The form of whoever was second: the stored values where they touched nothing, their own
/// elsewhere, and a word on what both changed. It carries the version there is now: whoever has
/// read the message and saves again means it.
#[must_use]
pub fn conflict(c: &Chrome, area: &'static str, sent: &Guarded, stored: &FormState) -> FormState {
    let mut form = FormState::posted(area, merged(sent, stored).0);
    form.set("version", stored.value("version")).add_error(GENERAL, c.t("form-stale"));
    for name in in_conflict(sent, stored) {
        let now = stored.values(&name).join(", ");
        let text = if now.is_empty() || form.checked(&name) {
            c.t("form-stale-field")
        } else {
            c.t_with("form-stale-field-now", &[("value", now)])
        };
        form.add_error(&name, text);
    }
    form
}

fn original(sent: &Guarded) -> Option<Values> {
    serde_json::from_str(sent.value(FIELD)?).ok()
}

/// A limit and its "unlimited" switch are one thing.
fn is_touched(sent: &Guarded, original: &Values, name: &str) -> bool {
    if name == FIELD {
        return false;
    }
    let stem = name.strip_suffix("_ul").unwrap_or(name);
    [stem.to_owned(), format!("{stem}_ul")]
        .iter()
        .any(|name| is_sent(sent, name) && typed(sent, name) != held(original, name))
}

/// What a page does not show, nobody touched.
fn is_sent(sent: &Guarded, name: &str) -> bool {
    sent.0.iter().any(|(known, _)| plain(known) == name)
}

fn typed(sent: &Guarded, name: &str) -> Vec<String> {
    let values = same_lines(
        sent.0.iter().filter(|(known, _)| plain(known) == name).map(|(_, value)| value.as_str()),
    );
    // Fields show limits with the decimal mark of the language.
    let is_limit = Resource::ALL.iter().any(|resource| resource.name() == name);
    if is_limit {
        values.into_iter().map(|value| value.replace(',', ".")).collect()
    } else {
        values
    }
}

fn held(original: &Values, name: &str) -> Vec<String> {
    same_lines(original.get(name).into_iter().flatten().map(String::as_str))
}

/// Browsers send line breaks of their own, and nothing for what is switched off.
fn same_lines<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut values: Vec<String> = values
        .map(|value| value.replace("\r\n", "\n").trim().to_owned())
        .filter(|value| !value.is_empty())
        .collect();
    values.sort();
    values
}

fn plain(name: &str) -> &str {
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
        remember(&mut form);
        form
    }

    #[test]
    fn untouched_fields_take_what_is_stored_and_touched_ones_stay() {
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
        let original = first.value(FIELD).to_owned();
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
            (FIELD, &original),
        ];
        let sent = Guarded(sent.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        let merged = FormState::posted("customers", merged(&sent, &stored).0);
        let shown = |name| merged.values(name).join(",");
        assert_eq!(
            [shown("city"), shown("street"), shown("on"), shown("list")],
            ["Aachen", "Weg 2", "0", "1,2"]
        );
        assert_eq!(
            [shown("emails"), shown("emails_ul"), shown("notes"), shown("version")],
            ["", "1", "c", "2"]
        );
        assert_eq!(merged.value(FIELD), stored.value(FIELD));
        assert_eq!(in_conflict(&sent, &stored), ["city", "emptied"]);
    }
}
