//! The form of a plan, for adding and editing.

use crate::domain::fault::{Fault, FieldFaults};
use crate::domain::id::AdminId;
use crate::domain::plan::Plan;
use crate::domain::resources::Resource;
use crate::services::{View, customers, php_configs};
use crate::web::csrf::Guarded;
use crate::web::error::WebError;
use crate::web::form::{Choice, FormState};
use crate::web::input::Fields;
use crate::web::original;

pub(super) const SWITCHES: [&str; 6] = ["email_imap", "email_pop3", "phpenabled", "perlenabled", "dnsenabled", "logviewenabled"];

/// What a plan's form does not say by itself.
pub(super) const FIELDS: Fields = Fields { own: &[], switches: &SWITCHES, lists: &["allowed_phpconfigs"] };

/// Fields that have a place of their own for their faults.
pub(super) fn knows(name: &str) -> bool {
    matches!(name, "name" | "description" | "allowed_phpconfigs")
        || SWITCHES.contains(&name)
        || Resource::ALL.iter().any(|resource| resource.name() == name)
}

/// A form with what is stored of a plan.
pub(super) fn of(plan: &Plan) -> FormState {
    let mut form = FormState::new("plans");
    form.set("name", &plan.name).set("description", &plan.description).set("version", plan.version);
    super::fill(&mut form, &plan.services);
    original::remember(&mut form);
    form
}

/// The PHP configurations to choose from: those that the owner was given, and those that the plan has already.
pub(super) async fn php_choices(view: View<'_>, owner: AdminId, plan: Option<&Plan>) -> Result<Vec<Choice>, WebError> {
    let all = php_configs::all(view).await?;
    let given = customers::granted(view, owner).await?.php_configs;
    let offered = |id| given.allows(id) || plan.is_some_and(|plan| plan.services.php_configs.contains(&id));
    let all = all.into_iter().filter(|config| offered(config.id));
    Ok(all.map(|config| Choice::new(config.id, config.description).hint(config.binary)).collect())
}

/// A number that was taken out, without "unlimited" instead, would be kept as it is without a word.
pub(super) fn emptied(form: &Guarded) -> FieldFaults {
    let mut faults = FieldFaults::default();
    for resource in Resource::ALL {
        let is_empty = form.value(resource.name()).is_some_and(|value| value.trim().is_empty());
        if is_empty && !form.ticked(resource.unlimited_name()) {
            faults.push(resource.name(), Fault::new("required"));
        }
    }
    faults
}
