//! Two people edited the same customer: what differs between what the second typed and what the first saved.

use super::form::{self, LINES, LISTS, SWITCHES};
use super::offers::Offers;
use crate::app::Look;
use crate::domain::customer::Customer;
use crate::domain::resources::Resource;
use crate::services::audit;
use crate::services::audit::{AuditFilter, sign_ins};
use crate::web::error::WebError;
use crate::web::extract::AsManager;
use crate::web::form::{Choice, FormState};
use crate::web::page::Chrome;
use jiff::Timestamp;

/// What to tell the second.
pub struct Conflict {
    /// Who saved meanwhile, where the audit trail knows.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// What differs.
    pub rows: Vec<Difference>,
}

/// A field that differs.
pub struct Difference {
    /// Its label.
    pub label: String,
    /// What was typed.
    pub yours: String,
    /// What is stored now.
    pub theirs: String,
}

/// Compares field by field, in the order of the form.
pub async fn between(
    look: &Look,
    by: &AsManager,
    c: &Chrome,
    o: &Offers,
    typed: &FormState,
    current: &Customer,
) -> Result<Conflict, WebError> {
    let target_kind = Some("customer".to_owned());
    let filter = AuditFilter { target_kind, target_id: Some(current.id.0), without: &sign_ins::ACTIONS, ..AuditFilter::default() };
    let last = audit::listing(look.view(), by, &filter, 1, 0).await?.items.into_iter().next();
    Ok(Conflict {
        who: last.map(|entry| entry.actor_name).unwrap_or_default(),
        at: current.updated_at,
        rows: differences(c, o, typed, &form::stored(current)),
    })
}

fn differences(c: &Chrome, o: &Offers, typed: &FormState, stored: &FormState) -> Vec<Difference> {
    let limits = Resource::ALL.iter().map(|resource| resource.name()).filter(|name| o.mail_quota || *name != "email_quota");
    let switches = SWITCHES.iter().copied().filter(|name| o.shell || *name != "shell_allowed");
    let names =
        LINES.iter().copied().chain(limits).chain(switches).chain(["deactivated", "suspend_reason", "suspend_reason_show"]).chain(LISTS);
    names
        .map(|name| (name, shown(c, o, typed, name), shown(c, o, stored, name)))
        .filter(|(_, yours, theirs)| yours != theirs)
        .map(|(name, yours, theirs)| Difference { label: stored.label(c, name), yours, theirs })
        .collect()
}

/// A value as people read it.
fn shown(c: &Chrome, o: &Offers, form: &FormState, name: &str) -> String {
    let choices = match name {
        "hosting_plan_id" => Some(&o.plans),
        "def_language" => Some(&o.languages),
        "gender" => Some(&o.genders),
        "allowed_phpconfigs" => Some(&o.php_configs),
        "allowed_mysqlserver" => Some(&o.mysql_servers),
        _ => None,
    };
    if let Some(choices) = choices {
        return labels(choices, form.values(name));
    }
    if let Some(resource) = Resource::ALL.iter().find(|resource| resource.name() == name) {
        let unlimited = form.checked(resource.unlimited_name());
        return if unlimited { c.t("form-unlimited") } else { format!("{} {}", form.value(name).trim(), resource.unit().label()) };
    }
    if SWITCHES.contains(&name) || matches!(name, "deactivated" | "suspend_reason_show") {
        return c.t(if form.checked(name) { "state-yes" } else { "state-no" });
    }
    form.value(name).replace("\r\n", "\n").trim().to_owned()
}

fn labels(choices: &[Choice], values: &[String]) -> String {
    let chosen = choices.iter().filter(|choice| values.contains(&choice.value));
    chosen.map(|choice| choice.label.as_str()).collect::<Vec<_>>().join(", ")
}
