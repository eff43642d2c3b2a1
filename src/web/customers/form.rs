//! The forms that add and edit a customer: initial values, reading, and validation errors.

use super::customer_page::AREA;
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::AsManager;
use crate::form::{FormState, GENERAL};
use crate::page::Chrome;
use crate::{input, original, plans, validation_errors};
use domain::account::Language;
use domain::customer::Customer;
use domain::id::PlanId;
use domain::number::Notation;
use domain::quota::Quota;
use domain::request::{
    ParameterDeclaration, ParameterType as FieldKind, Received, Request as _, Values, Visibility,
};
use domain::resources::Resource;
use domain::validation::{Argument, ErrorCode, ValidationError};
use i18n::format;
use serde_json::Value;
use services::customers::{AddCustomer, UpdateCustomer};
use services::settings::ProviderSettings;
use services::{Noun, ServiceError, View, plans as plan_services};
use std::collections::HashSet;

/// Parameters without a field in the forms.
const NOT_SHOWN: [&str; 2] = ["theme", "current_password"];

/// The two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormKind {
    Add,
    Edit,
}

impl FormKind {
    /// Returns whether the form shows errors beside a field of this name.
    fn shows(self, name: &str) -> bool {
        let has_field = match self {
            Self::Add => input::has_field::<AddCustomer>(name),
            Self::Edit => input::has_field::<UpdateCustomer>(name),
        };
        has_field && !NOT_SHOWN.contains(&name)
    }
}

/// Returns the fields of the edit form whose values can be compared, in their order.
pub fn comparable_fields() -> impl Iterator<Item = &'static ParameterDeclaration> {
    let is_compared = |field: &&ParameterDeclaration| {
        let is_field = field.visibility != Visibility::Hidden
            && field.kind != FieldKind::Secret
            && !input::has_no_field(field.name);
        is_field
            && !NOT_SHOWN.contains(&field.name)
            && !matches!(field.name, "sendpassword" | "move_to_admin")
    };
    UpdateCustomer::parameters().iter().filter(is_compared)
}

/// Reads the form of a new customer. If no MySQL server is selected, databases use the default
/// server.
pub fn receive_add(form: &VerifiedForm, language: Language) -> Received<AddCustomer> {
    let mut values = input::values::<AddCustomer>(form);
    leave_server_to_default(&mut values);
    Received::read(values, Notation::Person(Some(language)))
}

/// Reads the edit form. With `had_no_databases`, the stored database limit is 0, and an empty
/// selection of servers means the default server, as in [`receive_add`].
pub fn receive_edit(
    form: &VerifiedForm,
    language: Language,
    had_no_databases: bool,
) -> Received<UpdateCustomer> {
    let mut values = input::values::<UpdateCustomer>(form);
    if had_no_databases {
        leave_server_to_default(&mut values);
    }
    let mut received = Received::read(values, Notation::Person(Some(language)));
    received.errors.merge(input::empty_limit_errors::<UpdateCustomer>(form));
    received
}

fn leave_server_to_default(values: &mut Values) {
    let is_empty = |list: &Value| list.as_array().is_some_and(|ids| ids.iter().all(|id| *id == ""));
    if values.get("allowed_mysqlserver").is_some_and(is_empty) {
        values.remove("allowed_mysqlserver");
    }
}

/// Returns the add form with its defaults.
pub fn initial_form(
    settings: &ProviderSettings,
    language: Language,
    mail_quota: Quota,
    token: &str,
) -> FormState {
    let mut form = FormState::new(AREA);
    form.set("def_language", language.code()).set("gender", "0").set("submission", token);
    for name in [
        "sendpassword",
        "store_defaultindex",
        "gui_access",
        "email_imap",
        "email_pop3",
        "phpenabled",
        "logviewenabled",
    ] {
        form.set_checked(name, true);
    }
    form.set_checked("createstdsubdomain", settings.standard_subdomain_default());
    form.set_checked("api_allowed", settings.api_allowed_default());
    for resource in Resource::ALL {
        form.set_quota(resource.name(), Some(0));
    }
    form.set_quota(
        Resource::EmailQuota.name(),
        format::limit(mail_quota, Resource::EmailQuota.unit().size()),
    );
    form
}

/// Returns the edit form with the stored values of a customer.
pub fn stored_form(customer: &Customer) -> FormState {
    let mut record = customer.record();
    record.insert("createstdsubdomain".to_owned(), customer.standard_subdomain.is_some().into());
    let plan = record.get("hosting_plan_id").cloned().unwrap_or_default();
    let names: HashSet<&str> = comparable_fields().map(|field| field.name).collect();
    record.retain(|name, _| names.contains(name.as_str()));
    let suspension = customer.suspension.clone().unwrap_or_default();
    let mut form = FormState::new(AREA);
    form.fill(&record)
        .fill_limits(&customer.profile.services.limits)
        .set("email", customer.profile.contact.email.to_unicode())
        .set("suspend_reason", &suspension.reason)
        .set_checked("suspend_reason_show", suspension.reason_shown)
        .set("plan_applied", plan.as_i64().map(|id| id.to_string()).unwrap_or_default())
        .set("version", customer.version);
    original::store_original(&mut form);
    form
}

/// Fills in the values of the selected plan, for browsers without JavaScript.
pub async fn apply_plan(
    view: View<'_>,
    c: &Chrome,
    by: &AsManager,
    form: &mut FormState,
) -> Result<(), WebError> {
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
            let error = ValidationError::new(ErrorCode::PlanUnknown).with("id", Argument::name(id));
            form.add_error("hosting_plan_id", validation_errors::text(c.lang, &error));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Adds the errors of a service to the form.
///
/// # Errors
/// An error that no form can show is returned.
pub fn add_errors(
    c: &Chrome,
    kind: FormKind,
    error: ServiceError,
    form: &mut FormState,
) -> Result<(), WebError> {
    match error {
        ServiceError::Invalid(found) => {
            for (field, list) in found.iter() {
                for error in list {
                    let text = validation_errors::text(c.lang, error);
                    if kind.shows(field) {
                        form.add_error(field, text)
                    } else {
                        form.add_error(GENERAL, format!("{field}: {text}"))
                    };
                }
            }
        }
        ServiceError::Exhausted(error) | ServiceError::Refused(error) => {
            form.add_error(GENERAL, validation_errors::text(c.lang, &error));
        }
        ServiceError::NotFound(Noun::Admin) => {
            form.add_error(
                "move_to_admin",
                validation_errors::text(c.lang, &ValidationError::new(ErrorCode::AdminUnknown)),
            );
        }
        other => return Err(other.into()),
    }
    Ok(())
}
