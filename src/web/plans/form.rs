//! The form of a plan, for adding and editing.

use crate::error::WebError;
use crate::form::{Choice, FormState};
use crate::original;
use domain::id::AdminId;
use domain::plan::Plan;
use services::{View, customers, php_configs};

/// A form with what is stored of a plan.
pub(super) fn of(plan: &Plan) -> FormState {
    let mut form = FormState::new("plans");
    form.fill(&plan.record()).fill_limits(&plan.services.limits).set("version", plan.version);
    original::remember(&mut form);
    form
}

/// The PHP configurations to choose from: those that the owner was given, and those that the plan
/// has already.
pub(super) async fn php_choices(
    view: View<'_>,
    owner: AdminId,
    plan: Option<&Plan>,
) -> Result<Vec<Choice>, WebError> {
    let all = php_configs::all(view).await?;
    let given = customers::granted(view, owner).await?.php_configs;
    let offered =
        |id| given.allows(id) || plan.is_some_and(|plan| plan.services.php_configs.contains(&id));
    let all = all.into_iter().filter(|config| offered(config.id));
    Ok(all.map(|config| Choice::new(config.id, config.description).hint(config.binary)).collect())
}
