//! Audit entries in readable form.

use crate::audit::values::{Names, format_value};
use crate::codes;
use crate::page::Chrome;
use domain::audit::AuditEntry;
use domain::id::CustomerId;
use jiff::Timestamp;
use serde_json::{Map, Value};
use services::audit::TargetKind;
use std::collections::{BTreeSet, HashMap};

/// An audit entry as pages show it.
#[derive(Clone, Debug)]
pub struct EntryView {
    pub at: Timestamp,
    /// Login name of the account that made the change, or the name of the system.
    pub actor: String,
    /// Type of the account: `admin`, `customer` or `system`.
    pub actor_kind: String,
    /// Action, translated.
    pub action: String,
    /// Type of the target, translated.
    pub target_kind: String,
    /// Name of the target.
    pub target: String,
    /// Address of the target's page; `None` if the target is not a customer, or not an existing one
    /// in the user's scope.
    pub href: Option<String>,
    /// Entry point of the request, translated.
    pub entry_point: String,
    /// Client address.
    pub address: String,
    /// Values that differ.
    pub changes: Vec<ChangeLine>,
}

/// A value before and after the change; empty if there was none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLine {
    pub label: String,
    pub before: String,
    pub after: String,
}

/// Returns the ids of the customers that are targets of these entries.
#[must_use]
pub fn customers(entries: &[AuditEntry]) -> Vec<CustomerId> {
    let ids: BTreeSet<CustomerId> = entries
        .iter()
        .filter(|entry| entry.target_kind == TargetKind::Customer.code())
        .filter_map(|entry| entry.target_id)
        .map(CustomerId)
        .collect();
    ids.into_iter().collect()
}

impl EntryView {
    /// Converts an entry. `login_names` has those of existing customers in the user's scope;
    /// `names` has the names of items that values refer to by id.
    #[must_use]
    pub fn new(
        c: &Chrome,
        entry: AuditEntry,
        login_names: &HashMap<CustomerId, String>,
        names: &Names,
    ) -> Self {
        let customer = entry
            .target_id
            .filter(|_| entry.target_kind == TargetKind::Customer.code())
            .and_then(|id| login_names.get(&CustomerId(id)));
        Self {
            at: entry.at,
            action: codes::action(c.lang, &entry.action),
            target_kind: codes::target_kind(c.lang, &entry.target_kind),
            entry_point: codes::entry_point(c.lang, &entry.entry_point),
            href: customer.map(|name| format!("/customers/{name}")),
            changes: changes(c, names, &entry),
            actor: actor(c, &entry),
            actor_kind: entry.actor_kind,
            target: codes::target(c.lang, &entry.target_kind, &entry.target_name),
            address: entry.address,
        }
    }
}

/// Returns the name of the actor. The system has no login name.
fn actor(c: &Chrome, entry: &AuditEntry) -> String {
    if entry.actor_kind == "system" { c.t("audit-actor-system") } else { entry.actor_name.clone() }
}

fn changes(c: &Chrome, names: &Names, entry: &AuditEntry) -> Vec<ChangeLine> {
    let read = |text: Option<&str>| {
        text.and_then(|text| serde_json::from_str::<Map<String, Value>>(text).ok())
            .unwrap_or_default()
    };
    let (before, after) = (read(entry.before.as_deref()), read(entry.after.as_deref()));
    let fields: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let lines = fields.into_iter().map(|name| ChangeLine {
        label: codes::field(c.lang, &entry.target_kind, name),
        before: before
            .get(name)
            .map(|value| format_value(c, names, name, value))
            .unwrap_or_default(),
        after: after.get(name).map(|value| format_value(c, names, name, value)).unwrap_or_default(),
    });
    lines.filter(|line| line.before != line.after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(before: Option<&str>, after: Option<&str>) -> AuditEntry {
        AuditEntry {
            at: Timestamp::UNIX_EPOCH,
            actor_kind: "system".to_owned(),
            actor_id: None,
            actor_name: "system".to_owned(),
            entry_point: "cli".to_owned(),
            address: String::new(),
            action: "customer.updated".to_owned(),
            target_kind: "customer".to_owned(),
            target_id: Some(1),
            target_name: "web1".to_owned(),
            owner: None,
            former_owner: None,
            before: before.map(ToOwned::to_owned),
            after: after.map(ToOwned::to_owned),
        }
    }

    #[test]
    fn values_are_readable() {
        let c = Chrome::default();
        let names = Names::of(&[("php", 1, "PHP 8.4")]);
        let before = r#"{"diskspace":1048576,"deactivated":false,"name":"<b>","same":1,"allowed_phpconfigs":[1,2],"theme":"dark","gender":"0"}"#;
        let after = r#"{"diskspace":"unlimited","deactivated":true,"name":"x","same":1,"allowed_phpconfigs":[],"new_code":5,"gender":"2"}"#;
        let lines = changes(&c, &names, &entry(Some(before), Some(after)));
        let line = |name: &str| {
            lines
                .iter()
                .find(|line| line.label == name)
                .map(|line| (line.before.as_str(), line.after.as_str()))
        };
        assert_eq!(line("Disk space"), Some(("1\u{a0}MiB", "Unlimited")));
        assert_eq!(line("Theme"), Some(("Dark", "")));
        assert_eq!(line("PHP configurations"), Some(("PHP 8.4, ID 2 (deleted)", "")));
        assert_eq!(line("New code"), Some(("", "5")));
        assert_eq!(line("Form of address"), Some(("Not specified", "Ms")));
        assert_eq!(lines.len(), 7);
        let grants = changes(
            &c,
            &names,
            &entry(Some(r#"{"allowed_mysqlserver":[-1]}"#), Some(r#"{"allowed_mysqlserver":[]}"#)),
        );
        assert_eq!(
            (grants[0].before.as_str(), grants[0].after.as_str()),
            ("All, including future ones", "")
        );
        assert!(changes(&c, &names, &entry(Some("no json"), None)).is_empty());
        let view = EntryView::new(&c, entry(None, None), &HashMap::new(), &names);
        assert_eq!(view.actor, "System");
    }
}
