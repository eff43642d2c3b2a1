//! What the add and the edit form have in common: their fields, and the way from what was posted to parameters.

use super::AREA;
use crate::domain::account::Language;
use crate::domain::customer::Customer;
use crate::domain::fault::{Fault, FieldFaults};
use crate::domain::id::PlanId;
use crate::domain::quota::Quota;
use crate::domain::resources::Resource;
use crate::services::params::Params;
use crate::services::settings::ProviderSettings;
use crate::services::{ServiceError, View, plans as plan_services};
use crate::web::csrf::Guarded;
use crate::web::error::WebError;
use crate::web::extract::AsManager;
use crate::web::form::{FormState, GENERAL};
use crate::web::page::Chrome;
use crate::web::{faults, original, plans};
use serde_json::Value;
use std::collections::BTreeMap;

/// Lines and selects that both forms always send.
pub const LINES: [&str; 14] = [
    "email",
    "name",
    "firstname",
    "company",
    "street",
    "zipcode",
    "city",
    "phone",
    "fax",
    "customernumber",
    "gender",
    "def_language",
    "custom_notes",
    "hosting_plan_id",
];

/// Checkboxes of both forms.
pub const SWITCHES: [&str; 11] = [
    "createstdsubdomain",
    "gui_access",
    "api_allowed",
    "shell_allowed",
    "custom_notes_show",
    "email_imap",
    "email_pop3",
    "phpenabled",
    "perlenabled",
    "dnsenabled",
    "logviewenabled",
];

/// Groups of checkboxes.
pub const LISTS: [&str; 2] = ["allowed_phpconfigs", "allowed_mysqlserver"];

/// What only the panel has a use for.
const OURS: [&str; 5] = ["submission", "apply_plan", "csrf_token", original::FIELD, BELOW_USAGE];

/// Says that limits below what is used are meant.
pub const BELOW_USAGE: &str = "confirm_below_usage";

/// Fields by which a form filled in by a browser is told from a few values sent by a program: a browser sends every line.
const ALWAYS_SENT: [&str; 6] = ["name", "firstname", "company", "street", "city", "phone"];

/// Which of the two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of a new customer.
    Add,
    /// Of one there is.
    Edit,
}

impl Kind {
    const fn own_switches(self) -> &'static [&'static str] {
        match self {
            Self::Add => &["sendpassword", "store_defaultindex"],
            Self::Edit => &["sendpassword", "deactivated", "suspend_reason_show"],
        }
    }

    /// Whether the form shows a field of this name.
    fn shows(self, name: &str) -> bool {
        let own = match self {
            Self::Add => "new_loginname",
            Self::Edit => "move_to_admin",
        };
        name == own
            || name == "new_customer_password"
            || self == Self::Edit && name == "suspend_reason"
            || LINES.contains(&name)
            || SWITCHES.contains(&name)
            || LISTS.contains(&name)
            || self.own_switches().contains(&name)
            || Resource::ALL.iter().any(|resource| resource.name() == name)
    }
}

/// The parameters that a form stands for. A browser says nothing of a checkbox that is off, so in a whole form that is what
/// silence means, but for the server of the `first_databases`; where only some fields were sent, silence leaves the default, or what is stored, as in the API.
pub fn params(form: &Guarded, kind: Kind, first_databases: bool) -> Params {
    let mut values: BTreeMap<String, Value> = BTreeMap::new();
    for (name, value) in &form.0 {
        let name = name.strip_suffix("[]").unwrap_or(name);
        if LISTS.contains(&name) {
            if let Value::Array(list) = values.entry(name.to_owned()).or_insert_with(|| Value::Array(Vec::new())) {
                list.push(value.as_str().into());
            }
        } else if !OURS.contains(&name) {
            values.insert(name.to_owned(), value.as_str().into());
        }
    }
    if is_whole(form) {
        for name in SWITCHES.iter().chain(kind.own_switches()) {
            values.entry((*name).to_owned()).or_insert_with(|| "0".into());
        }
        // With no server ticked, the first databases lie on the default one.
        let named = |name: &&str| *name != "allowed_mysqlserver" || !first_databases;
        for name in LISTS.into_iter().filter(named) {
            values.entry(name.to_owned()).or_insert_with(|| Value::Array(Vec::new()));
        }
    }
    let mut params = Params::new(values);
    if kind == Kind::Edit {
        refuse_blank_limits(form, &mut params.faults);
    }
    params
}

fn is_whole(form: &Guarded) -> bool {
    ALWAYS_SENT.iter().all(|name| form.value(name).is_some())
}

/// A limit that was emptied without being lifted could mean anything.
fn refuse_blank_limits(form: &Guarded, faults: &mut FieldFaults) {
    for resource in Resource::ALL {
        let blank = form.value(resource.name()).is_some_and(|text| text.trim().is_empty());
        if blank && !form.ticked(resource.unlimited_name()) {
            faults.push(resource.name(), Fault::new("required"));
        }
    }
}

/// The add form as it first shows.
pub fn fresh(settings: &ProviderSettings, language: Language, mail_quota: Quota, token: &str) -> FormState {
    let mut form = FormState::new(AREA);
    form.set("def_language", language.code()).set("gender", "0").set("submission", token);
    for name in ["sendpassword", "store_defaultindex", "gui_access", "email_imap", "email_pop3", "phpenabled", "logviewenabled"] {
        form.set_checked(name, true);
    }
    form.set_checked("createstdsubdomain", settings.standard_subdomain_default());
    form.set_checked("api_allowed", settings.api_allowed_default());
    for resource in Resource::ALL {
        form.set_quota(resource.name(), Some(0));
    }
    form.set_quota(Resource::EmailQuota.name(), mail_quota.in_units(Resource::EmailQuota.unit().size()));
    form
}

/// The edit form as a customer is stored.
pub fn stored(customer: &Customer) -> FormState {
    let profile = &customer.profile;
    let contact = &profile.contact;
    let suspension = customer.suspension.clone().unwrap_or_default();
    let mut form = FormState::new(AREA);
    for (name, _) in crate::domain::contact::LINES {
        form.set(name, contact.line(name).unwrap_or_default());
    }
    form.set("email", contact.email.to_unicode())
        .set("gender", contact.gender.code())
        .set("def_language", profile.language.code())
        .set("custom_notes", &profile.notes)
        .set("hosting_plan_id", profile.plan.map(|id| id.to_string()).unwrap_or_default())
        .set("plan_applied", profile.plan.map(|id| id.to_string()).unwrap_or_default())
        .set("version", customer.version)
        .set_checked("deactivated", customer.suspended)
        .set("suspend_reason", &suspension.reason)
        .set_checked("suspend_reason_show", suspension.reason_shown)
        .set_checked("createstdsubdomain", customer.standard_subdomain.is_some())
        .set_checked("gui_access", profile.gui_access)
        .set_checked("api_allowed", profile.api_allowed)
        .set_checked("shell_allowed", profile.shell_allowed)
        .set_checked("custom_notes_show", profile.notes_shown);
    plans::fill(&mut form, &profile.services);
    for id in &profile.mysql_servers {
        form.add("allowed_mysqlserver", id.to_string());
    }
    original::remember(&mut form);
    form
}

/// Without JavaScript the plan's values are filled in here.
pub async fn apply_plan(view: View<'_>, c: &Chrome, by: &AsManager, form: &mut FormState) -> Result<(), WebError> {
    let Ok(id) = form.value("hosting_plan_id").parse() else {
        form.clear("plan_applied");
        return Ok(());
    };
    match plan_services::get(view, by, PlanId(id)).await {
        Ok(plan) => {
            plans::fill(form, &plan.services);
            form.set("plan_applied", id);
        }
        Err(ServiceError::NotFound(_)) => {
            let fault = Fault::new("plan-unknown").with("id", id);
            form.add_error("hosting_plan_id", faults::text(c.lang, &fault));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Puts what a service refused into the form; what has no place in a form is given back.
pub fn refuse(c: &Chrome, kind: Kind, error: ServiceError, form: &mut FormState) -> Result<(), WebError> {
    match error {
        ServiceError::Invalid(found) => {
            for (field, list) in found.iter() {
                for fault in list {
                    let text = faults::text(c.lang, fault);
                    if kind.shows(field) {
                        form.add_error(field, text)
                    } else {
                        form.add_error(GENERAL, format!("{field}: {text}"))
                    };
                }
            }
        }
        ServiceError::Exhausted(fault) | ServiceError::Refused(fault) => {
            form.add_error(GENERAL, faults::text(c.lang, &fault));
        }
        ServiceError::NotFound("admin") => {
            form.add_error("move_to_admin", faults::text(c.lang, &Fault::new("admin-unknown")));
        }
        other => return Err(other.into()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Guarded {
        Guarded(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn whole(more: &[(&str, &str)]) -> Guarded {
        let mut form = form(more);
        form.0.extend(ALWAYS_SENT.iter().map(|name| ((*name).to_owned(), String::new())));
        form
    }

    #[test]
    fn in_a_whole_form_silence_is_off() {
        let mut read = params(&whole(&[("gui_access", "1"), ("submission", "x")]), Kind::Add, true);
        assert_eq!(read.flag("gui_access"), Some(true));
        assert_eq!(read.flag("api_allowed"), Some(false));
        assert_eq!(read.ids("allowed_phpconfigs"), Some(vec![]));
        assert!(!read.has("submission"));
    }

    #[test]
    fn in_a_part_of_one_silence_is_nothing() {
        let mut read = params(&form(&[("email", "a@example.com"), ("company", "A")]), Kind::Add, true);
        assert_eq!(read.flag("gui_access"), None);
        assert_eq!(read.ids("allowed_phpconfigs"), None);
    }

    #[test]
    fn groups_become_lists_with_and_without_brackets() {
        let mut read = params(&form(&[("allowed_phpconfigs[]", "2"), ("allowed_phpconfigs", "1")]), Kind::Edit, false);
        assert_eq!(read.ids("allowed_phpconfigs"), Some(vec![1, 2]));
    }

    #[test]
    fn an_emptied_limit_is_asked_about() {
        let read = params(&form(&[("emails", ""), ("ftps", ""), ("ftps_ul", "1")]), Kind::Edit, false);
        assert!(read.faults.has("emails") && !read.faults.has("ftps"));
    }
}
