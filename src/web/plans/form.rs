//! The form that adds or edits a plan, and the confirmation that deletes it.

use crate::crud::{Impact, Record};
use crate::error::WebError;
use crate::extract::AsManager;
use crate::form::{Choice, FormState};
use crate::nav::Section;
use crate::original;
use crate::page::Chrome;
use domain::id::{AdminId, PlanId};
use domain::plan::Plan;
use services::{Command, Outcome, View, customers, php_configs, plans};

/// Returns a form with the stored values of a plan.
pub(super) fn of(plan: &Plan) -> FormState {
    let mut form = FormState::new("plans");
    form.fill(&plan.record()).fill_limits(&plan.services.limits).set("version", plan.version);
    original::store_original(&mut form);
    form
}

/// Returns the PHP configurations that the owner can assign or the plan already has.
pub(super) async fn php_choices(
    view: View<'_>,
    owner: AdminId,
    plan: Option<&Plan>,
) -> Result<Vec<Choice>, WebError> {
    let all = php_configs::all(view).await?;
    let granted = customers::grants_of(view, owner).await?.php_configs;
    let is_offered =
        |id| granted.allows(id) || plan.is_some_and(|plan| plan.services.php_configs.contains(&id));
    let all = all.into_iter().filter(|config| is_offered(config.id));
    Ok(all.map(|config| Choice::new(config.id, config.description).hint(config.binary)).collect())
}

impl Record for Plan {
    type By = AsManager;
    type Key = i64;
    const AREA: &'static str = "plans";
    const SECTION: Section = Section::Plans;
    const HAS_PAGE: bool = true;

    fn address(&self) -> String {
        format!("/plans/{}", self.id)
    }

    fn name(&self) -> &str {
        &self.name
    }

    async fn get(view: View<'_>, by: &AsManager, id: i64) -> Outcome<Self> {
        plans::get(view, by, PlanId(id)).await
    }

    async fn impact(&self, _: View<'_>, _: &AsManager, c: &Chrome) -> Outcome<Impact> {
        Ok(Impact::new(c.t_with("plans-delete-text", &[("count", self.customers)])))
    }

    async fn delete(&self, cmd: Command<'_>, by: &AsManager) -> Outcome<Self> {
        plans::delete(cmd, by, self.id).await
    }
}
