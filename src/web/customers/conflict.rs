//! Compares a submitted form with changes that someone else has saved meanwhile.

use super::choices::Choices;
use super::form;
use crate::error::WebError;
use crate::extract::AsManager;
use crate::form::{Choice, FormState};
use crate::page::Chrome;
use domain::audit::AuditFilter;
use domain::customer::Customer;
use domain::request::{ParameterDeclaration, ParameterType};
use domain::resources::Resource;
use jiff::Timestamp;
use services::app::OwnedView;
use services::audit::{self, TargetKind, sign_ins};

/// A conflict between a submitted form and the stored customer.
pub struct Conflict {
    /// Login name of the account that saved the stored values; empty if the audit log has no entry
    /// for it.
    pub saved_by: String,
    /// Time of the last change.
    pub at: Timestamp,
    /// Fields that differ.
    pub rows: Vec<Difference>,
}

pub struct Difference {
    /// Label of the field.
    pub label: String,
    /// Submitted value.
    pub yours: String,
    /// Stored value.
    pub theirs: String,
}

/// Compares the fields that the form shows, in its order.
pub async fn compare(
    snapshot: &OwnedView,
    by: &AsManager,
    c: &Chrome,
    o: &Choices,
    typed: &FormState,
    current: &Customer,
) -> Result<Conflict, WebError> {
    let target_kind = Some(TargetKind::Customer.code().to_owned());
    let filter = AuditFilter {
        target_kind,
        target_id: Some(current.id.0),
        without: &sign_ins::NON_CHANGE_ACTIONS,
        ..AuditFilter::default()
    };
    let last = audit::listing(snapshot.view(), by, &filter, 1, 0).await?.items.into_iter().next();
    Ok(Conflict {
        saved_by: last.map(|entry| entry.actor_name).unwrap_or_default(),
        at: current.updated_at,
        rows: differences(c, o, typed, &form::stored_form(current)),
    })
}

fn differences(c: &Chrome, o: &Choices, typed: &FormState, stored: &FormState) -> Vec<Difference> {
    let is_shown = |name: &str| match name {
        "email_quota" => o.has_mail_quota,
        "shell_allowed" => o.has_shell,
        "perlenabled" => o.has_perl,
        _ => true,
    };
    let fields = form::comparable_fields().filter(|field| is_shown(field.name));
    fields
        .map(|field| {
            (field.name, format_field(c, o, typed, field), format_field(c, o, stored, field))
        })
        .filter(|(_, yours, theirs)| yours != theirs)
        .map(|(name, yours, theirs)| Difference { label: stored.label(c, name), yours, theirs })
        .collect()
}

/// Formats a value of a field.
fn format_field(
    c: &Chrome,
    o: &Choices,
    state: &FormState,
    field: &ParameterDeclaration,
) -> String {
    let name = field.name;
    let choices = match name {
        "hosting_plan_id" => Some(&o.plans),
        "def_language" => Some(&o.languages),
        "gender" => Some(&o.genders),
        "allowed_phpconfigs" => Some(&o.php_configs),
        "allowed_mysqlserver" => Some(&o.mysql_servers),
        _ => None,
    };
    if let Some(choices) = choices {
        return labels(choices, state.values(name));
    }
    if let Some(resource) = Resource::ALL.iter().find(|resource| resource.name() == name) {
        let unlimited = state.is_checked(resource.unlimited_name());
        let number = state.number(c, name);
        return match number.trim() {
            _ if unlimited => c.t("form-unlimited"),
            // The number already has a unit.
            number if number.ends_with(char::is_alphabetic) => number.to_owned(),
            number => format!("{number} {}", resource.unit().label()),
        };
    }
    if field.kind == ParameterType::Flag {
        return c.t(if state.is_checked(name) { "state-yes" } else { "state-no" });
    }
    state.value(name).replace("\r\n", "\n").trim().to_owned()
}

fn labels(choices: &[Choice], values: &[String]) -> String {
    let chosen = choices.iter().filter(|choice| values.contains(&choice.value));
    chosen.map(|choice| choice.label.as_str()).collect::<Vec<_>>().join(", ")
}
