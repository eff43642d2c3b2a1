//! Formats values of audit entries: sizes with units, names instead of ids, texts instead of codes.

use crate::codes;
use crate::page::Chrome;
use domain::account::{Language, Theme};
use domain::audit::AuditEntry;
use domain::grants::ALL_IDS;
use domain::id::PlanId;
use serde_json::{Map, Value};
use services::settings::{Kind, SETTINGS, list};
use services::{Outcome, View, mysql_servers, php_configs, plans};
use std::collections::HashMap;

/// Fields whose values are numbers of bytes.
const SIZES: [&str; 3] = ["diskspace", "traffic", "email_quota"];

/// Fields that hold ids, and the type of item that the ids refer to.
const IDS: [(&str, &str); 3] =
    [("allowed_phpconfigs", "php"), ("allowed_mysqlserver", "mysql"), ("hosting_plan_id", "plan")];

/// Names of the items that values refer to by id.
#[derive(Clone, Debug, Default)]
pub struct Names(HashMap<(&'static str, i64), String>);

impl Names {
    /// Reads the names that these entries need. Entries without ids need no query.
    pub async fn read(view: View<'_>, entries: &[AuditEntry]) -> Outcome<Self> {
        let mut names = Self::default();
        let snapshots = || {
            entries
                .iter()
                .flat_map(|entry| [entry.before.as_deref(), entry.after.as_deref()])
                .flatten()
        };
        if snapshots().any(|snapshot| snapshot.contains("\"allowed_phpconfigs\"")) {
            names.0.extend(
                php_configs::names(view)
                    .await?
                    .iter()
                    .map(|(id, name)| (("php", id.0), name.clone())),
            );
        }
        if snapshots().any(|snapshot| snapshot.contains("\"allowed_mysqlserver\"")) {
            names.0.extend(
                mysql_servers::names(view)
                    .await?
                    .iter()
                    .map(|(id, name)| (("mysql", id.0), name.clone())),
            );
        }
        let plan = |snapshot: &str| {
            serde_json::from_str::<Map<String, Value>>(snapshot)
                .ok()?
                .get("hosting_plan_id")?
                .as_i64()
        };
        let mut ids: Vec<PlanId> = snapshots().filter_map(plan).map(PlanId).collect();
        ids.sort_unstable_by_key(|id| id.0);
        ids.dedup();
        if !ids.is_empty() {
            let known = plans::names_of(view, &ids).await?;
            names.0.extend(known.into_iter().map(|(id, name)| (("plan", id.0), name)));
        }
        Ok(names)
    }

    #[cfg(test)]
    pub(super) fn of(names: &[(&'static str, i64, &str)]) -> Self {
        Self(names.iter().map(|(kind, id, name)| ((*kind, *id), (*name).to_owned())).collect())
    }

    fn name(&self, c: &Chrome, kind: &'static str, id: i64) -> String {
        if id == ALL_IDS {
            return c.t("admins-every");
        }
        self.0
            .get(&(kind, id))
            .cloned()
            .unwrap_or_else(|| c.t_with("audit-id-gone", &[("id", id.to_string())]))
    }
}

/// Formats the value of a field.
pub(super) fn format_value(c: &Chrome, names: &Names, name: &str, value: &Value) -> String {
    if let (Some((_, kind)), Some(id)) =
        (IDS.iter().find(|(field, _)| *field == name), value.as_i64())
    {
        return names.name(c, kind, id);
    }
    match value {
        Value::Null => String::new(),
        Value::Bool(on) => c.t(if *on { "state-yes" } else { "state-no" }),
        Value::Number(number) => match number.as_u64() {
            Some(bytes) if SIZES.contains(&name) => c.size(bytes),
            Some(port) if name == "port" => port.to_string(),
            Some(count) => c.num(count),
            None => number.to_string(),
        },
        Value::String(text) => format_text(c, name, text),
        Value::Array(values) => values
            .iter()
            .map(|value| format_value(c, names, name, value))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Object(_) => value.to_string(),
    }
}

fn format_gender(c: &Chrome, code: &str) -> String {
    c.t(match code {
        "1" => "customers-gender-male",
        "2" => "customers-gender-female",
        _ => "customers-gender-none",
    })
}

fn format_text(c: &Chrome, name: &str, text: &str) -> String {
    const LANGUAGE: &str = list::DEFAULT_LANGUAGE.name;
    const THEME: &str = list::DEFAULT_THEME.name;
    let is_flag = SETTINGS.iter().any(|setting| setting.name == name && setting.kind == Kind::Flag);
    match (name, text) {
        (_, "unlimited") => c.t("state-unlimited"),
        (_, "***") => c.t("audit-secret"),
        ("gender", code) => format_gender(c, code),
        ("events", code) => codes::event(c.lang, code),
        ("def_language" | LANGUAGE, code) => Language::parse(code)
            .map_or_else(|_| text.to_owned(), |language| language.native_name().to_owned()),
        ("theme" | THEME, code) => {
            Theme::parse(code).map_or_else(|_| text.to_owned(), |theme| c.t(theme.key()))
        }
        (_, "1") if is_flag => c.t("state-yes"),
        (_, "0") if is_flag => c.t("state-no"),
        _ => text.to_owned(),
    }
}
