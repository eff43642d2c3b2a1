//! An entry as people read it.

use crate::domain::account::{Language, Theme};
use crate::domain::id::CustomerId;
use crate::services::audit::Entry;
use crate::services::settings::SETTINGS;
use crate::web::page::Chrome;
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};

/// Limits that are counted in bytes.
const SIZES: [&str; 3] = ["diskspace", "traffic", "email_quota"];

/// An entry of the trail.
#[derive(Clone, Debug)]
pub struct EntryView {
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// What he was: `admin`, `customer` or `system`.
    pub actor_kind: String,
    /// What was done, in words.
    pub action: String,
    /// What kind of thing it was done to, in words.
    pub target_kind: String,
    /// Its name.
    pub target: String,
    /// The page of the thing, if it is still there.
    pub href: Option<String>,
    /// Through which door, in words.
    pub door: String,
    /// From which address.
    pub address: String,
    /// What differs.
    pub changes: Vec<ChangeLine>,
}

/// One value before and after; empty where there was none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLine {
    /// What it is a value of.
    pub label: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// The customers that entries speak of.
#[must_use]
pub fn customers(entries: &[Entry]) -> Vec<CustomerId> {
    let ids: BTreeSet<CustomerId> =
        entries.iter().filter(|entry| entry.target_kind == "customer").filter_map(|entry| entry.target_id).map(CustomerId).collect();
    ids.into_iter().collect()
}

impl EntryView {
    /// Reads an entry; `known` names the customers that are still there.
    #[must_use]
    pub fn new(c: &Chrome, entry: Entry, known: &HashMap<CustomerId, String>) -> Self {
        let customer = entry.target_id.filter(|_| entry.target_kind == "customer").and_then(|id| known.get(&CustomerId(id)));
        let words = |key: String, code: &str| c.lang.try_t(&key).unwrap_or_else(|| code.to_owned());
        Self {
            at: entry.at,
            action: words(format!("audit-action-{}", key(&entry.action)), &entry.action),
            target_kind: words(format!("audit-target-{}", key(&entry.target_kind)), &entry.target_kind),
            door: words(format!("audit-door-{}", key(&entry.door)), &entry.door),
            href: customer.map(|name| format!("/customers/{name}")),
            changes: changes(c, entry.before.as_deref(), entry.after.as_deref()),
            actor: entry.actor_name,
            actor_kind: entry.actor_kind,
            target: entry.target_name,
            address: entry.address,
        }
    }
}

fn key(code: &str) -> String {
    code.replace(['.', '_'], "-")
}

fn changes(c: &Chrome, before: Option<&str>, after: Option<&str>) -> Vec<ChangeLine> {
    let read = |text: Option<&str>| text.and_then(|text| serde_json::from_str::<Map<String, Value>>(text).ok()).unwrap_or_default();
    let (before, after) = (read(before), read(after));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let lines = names.into_iter().map(|name| ChangeLine {
        label: label(c, name),
        before: before.get(name).map(|value| shown(c, name, value)).unwrap_or_default(),
        after: after.get(name).map(|value| shown(c, name, value)).unwrap_or_default(),
    });
    lines.filter(|line| line.before != line.after).collect()
}

/// The label that forms give the field, or its name.
fn label(c: &Chrome, name: &str) -> String {
    let key = key(name);
    let areas = if SETTINGS.iter().any(|setting| setting.name == name) {
        &["-settings"][..]
    } else {
        &["", "-customers", "-admins", "-plans", "-api-keys"]
    };
    areas.iter().find_map(|area| c.lang.try_t(&format!("field{area}-{key}"))).unwrap_or_else(|| name.to_owned())
}

fn shown(c: &Chrome, name: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(on) => c.t(if *on { "state-yes" } else { "state-no" }),
        Value::Number(number) => match number.as_u64() {
            Some(bytes) if SIZES.contains(&name) => c.size(bytes),
            Some(count) => c.num(count),
            None => number.to_string(),
        },
        Value::String(text) => match (name, text.as_str()) {
            (_, "unlimited") => c.t("state-unlimited"),
            ("def_language", code) => Language::parse(code).map_or_else(|_| text.clone(), |language| language.native_name().to_owned()),
            ("theme", code) => Theme::parse(code).map_or_else(|_| text.clone(), |theme| c.t(theme.key())),
            _ => text.clone(),
        },
        Value::Array(values) => values.iter().map(|value| shown(c, "", value)).collect::<Vec<_>>().join(", "),
        Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_people_know_them() {
        let c = Chrome::default();
        let before = r#"{"diskspace":1048576,"deactivated":false,"name":"<b>","same":1,"allowed_phpconfigs":[1,2],"theme":"dark"}"#;
        let after = r#"{"diskspace":"unlimited","deactivated":true,"name":"x","same":1,"allowed_phpconfigs":[],"new_code":5}"#;
        let lines = changes(&c, Some(before), Some(after));
        let line = |name: &str| lines.iter().find(|line| line.label == name).map(|line| (line.before.as_str(), line.after.as_str()));
        assert_eq!(line("Disk space"), Some(("1\u{a0}MiB", "Unlimited")));
        assert_eq!(line("Appearance"), Some(("Dark", "")));
        assert_eq!(line("PHP configurations"), Some(("1, 2", "")));
        assert_eq!(line("new_code"), Some(("", "5")));
        assert_eq!(lines.len(), 6);
        assert!(changes(&c, Some("no json"), None).is_empty());
    }
}
