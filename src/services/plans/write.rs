//! Adding, changing and deleting hosting plans.

use super::requests::{AddPlan, Contents, UpdatePlan};
use crate::audit::{self, Action, Change, Target, TargetKind};
use crate::{Command, Noun, Outcome, ServiceError, customers};
use auth::actor::{Actor, Manager};
use db::DbError;
use domain::id::{AdminId, PlanId};
use domain::plan::Plan;
use domain::resources::Services;
use domain::scope::Scope;
use domain::validation::{Argument, ErrorCode, FieldErrors, ValidationError};

/// Adds a plan that the manager owns.
///
/// # Errors
/// [`ServiceError::Invalid`] with validation errors.
pub async fn add(cmd: Command<'_>, by: &Manager, request: &AddPlan) -> Outcome<Plan> {
    let new = request.contents();
    check(cmd, &new).await?;
    check_grants(cmd, by.id(), None, &new.services).await?;
    let id = db::plans::insert(cmd.tx, by.id(), &new.name, &new.description, &new.services, cmd.at)
        .await?;
    let plan = find(cmd, id).await?;
    let after = Some(audit::plan_snapshot(&plan).into());
    record(cmd, by, &plan, Change { action: Action::PlanAdded, before: None, after }).await?;
    Ok(plan)
}

/// Changes a plan. Existing customers of the plan are not changed.
///
/// # Errors
/// [`ServiceError::NotFound`] outside the scope; [`ServiceError::StaleOther`] if the plan was
/// changed since the version that was sent; [`ServiceError::Invalid`] with validation errors.
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
    check_grants(cmd, before.owner, Some(&before.services), &new.services).await?;
    if !db::plans::update(cmd.tx, &before, &new.name, &new.description, &new.services, cmd.at)
        .await?
    {
        return Err(DbError::Conflict("the plan was changed in the meantime".to_owned()).into());
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

/// Deletes a plan and returns it. Existing customers of the plan are not changed.
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
    let mut errors = FieldErrors::default();
    if new.name.is_empty() {
        errors.push("name", ValidationError::new(ErrorCode::Required));
    }
    for id in db::php_configs::missing(cmd.tx, &new.services.php_configs).await? {
        errors.push(
            "allowed_phpconfigs",
            ValidationError::new(ErrorCode::IdUnknown).with("id", Argument::name(id)),
        );
    }
    // Such a plan could not be assigned to any customer.
    if new.services.php && new.services.php_configs.is_empty() && cmd.settings.php_config_required()
    {
        errors.push("allowed_phpconfigs", ValidationError::new(ErrorCode::PhpWithoutConfig));
    }
    Ok(errors.into_result(())?)
}

/// Refuses limits and services that the plan's owner was not granted. Values that the plan already
/// had are allowed; assigning the plan to a customer refuses them.
async fn check_grants(
    cmd: Command<'_>,
    owner: AdminId,
    before: Option<&Services>,
    after: &Services,
) -> Outcome<()> {
    let owner =
        db::admins::find(cmd.tx, owner).await?.ok_or(ServiceError::NotFound(Noun::Admin))?;
    let missing = owner.profile.grants.missing_for_services(before, after);
    Ok(customers::missing_grant_errors(cmd.view(), &owner, &missing).await?.into_result(())?)
}

async fn find(cmd: Command<'_>, id: PlanId) -> Outcome<Plan> {
    db::plans::find(cmd.tx, Scope::All, id).await?.ok_or(ServiceError::NotFound(Noun::Plan))
}

async fn record(cmd: Command<'_>, by: &Manager, plan: &Plan, change: Change) -> Outcome<()> {
    let target = Target::other(TargetKind::Plan, plan.id.0, &plan.name, Some(plan.owner));
    audit::record(cmd, &Actor::Manager(by.clone()), &target, change).await
}
