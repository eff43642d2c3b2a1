//! Adding, changing and deleting plans.

use super::requests::{AddPlan, Contents, UpdatePlan};
use crate::audit::{self, Action, Change, Target};
use crate::{Command, Noun, Outcome, ServiceError, customers};
use auth::actor::{Actor, Manager};
use db::DbError;
use domain::fault::{Code, Fault, FieldFaults};
use domain::id::{AdminId, PlanId};
use domain::plan::Plan;
use domain::resources::Services;
use domain::scope::Scope;

/// Adds a plan; it is the manager's.
///
/// # Errors
/// [`ServiceError::Invalid`] by field.
pub async fn add(cmd: Command<'_>, by: &Manager, request: &AddPlan) -> Outcome<Plan> {
    let new = request.contents();
    check(cmd, &new).await?;
    granted(cmd, by.id(), None, &new.services).await?;
    let id = db::plans::insert(cmd.tx, by.id(), &new.name, &new.description, &new.services, cmd.at)
        .await?;
    let plan = find(cmd, id).await?;
    let after = Some(audit::plan_snapshot(&plan).into());
    record(cmd, by, &plan, Change { action: Action::PlanAdded, before: None, after }).await?;
    Ok(plan)
}

/// Changes a plan. Customers keep what they were given.
///
/// # Errors
/// [`ServiceError::NotFound`] outside the scope; [`ServiceError::StaleOther`] when it was changed
/// since the editor saw it; [`ServiceError::Invalid`] by field.
pub async fn update(
    cmd: Command<'_>,
    by: &Manager,
    id: PlanId,
    request: &UpdatePlan,
) -> Outcome<Plan> {
    let before = super::get(cmd.view(), by, id).await?;
    if request.version.as_ref().is_some_and(|version| *version != before.version) {
        return Err(ServiceError::StaleOther);
    }
    let old = Contents {
        name: before.name.clone(),
        description: before.description.clone(),
        services: before.services.clone(),
    };
    let mut new = old.clone();
    request.apply(&mut new);
    if new == old {
        return Ok(before);
    }
    check(cmd, &new).await?;
    granted(cmd, before.owner, Some(&before.services), &new.services).await?;
    if !db::plans::update(cmd.tx, &before, &new.name, &new.description, &new.services, cmd.at)
        .await?
    {
        return Err(DbError::Lost("plan changed meanwhile".to_owned()).into());
    }
    let plan = find(cmd, id).await?;
    let (old, new) = audit::difference(audit::plan_snapshot(&before), audit::plan_snapshot(&plan));
    record(
        cmd,
        by,
        &plan,
        Change { action: Action::PlanUpdated, before: Some(old.into()), after: Some(new.into()) },
    )
    .await?;
    Ok(plan)
}

/// Deletes a plan; gives it as it was. Customers keep what they were given.
///
/// # Errors
/// [`ServiceError::NotFound`] outside the scope.
pub async fn delete(cmd: Command<'_>, by: &Manager, id: PlanId) -> Outcome<Plan> {
    let plan = super::get(cmd.view(), by, id).await?;
    db::plans::remove(cmd.tx, &plan).await?;
    let before = Some(audit::plan_snapshot(&plan).into());
    record(cmd, by, &plan, Change { action: Action::PlanDeleted, before, after: None }).await?;
    Ok(plan)
}

async fn check(cmd: Command<'_>, new: &Contents) -> Outcome<()> {
    let mut faults = FieldFaults::default();
    if new.name.is_empty() {
        faults.push("name", Fault::new(Code::Required));
    }
    for id in db::php_configs::missing(cmd.tx, &new.services.php_configs).await? {
        faults.push("allowed_phpconfigs", Fault::new(Code::IdUnknown).with("id", id));
    }
    // A plan that no customer could be given as it is would be none.
    if new.services.php && new.services.php_configs.is_empty() && cmd.settings.php_config_required()
    {
        faults.push("allowed_phpconfigs", Fault::new(Code::PhpWithoutConfig));
    }
    Ok(faults.or(())?)
}

/// A plan gives only what its owner was given; what it gave before stays, and is refused where a
/// customer is to have it.
async fn granted(
    cmd: Command<'_>,
    owner: AdminId,
    before: Option<&Services>,
    after: &Services,
) -> Outcome<()> {
    let owner =
        db::admins::find(cmd.tx, owner).await?.ok_or(ServiceError::NotFound(Noun::Admin))?;
    let lack = owner.profile.grants.lack_of_services(before, after);
    Ok(customers::lacking(cmd.view(), &owner, &lack).await?.or(())?)
}

async fn find(cmd: Command<'_>, id: PlanId) -> Outcome<Plan> {
    db::plans::find(cmd.tx, Scope::All, id).await?.ok_or(ServiceError::NotFound(Noun::Plan))
}

async fn record(cmd: Command<'_>, by: &Manager, plan: &Plan, change: Change) -> Outcome<()> {
    let target = Target::other("plan", plan.id.0, &plan.name, Some(plan.owner));
    audit::record(cmd, &Actor::Manager(by.clone()), &target, change).await
}
