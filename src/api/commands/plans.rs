//! Handlers of the `HostingPlans.*` commands.

use super::context::{self, CommandError, CommandResult, Context, RowReference, reply_with};
use crate::requests::PlanReference;
use crate::rows::{List, PlanRow};
use domain::id::PlanId;
use domain::plan::Plan;
use domain::query::{ListQuery, PlanColumn};
use services::plans::{AddPlan, UpdatePlan};
use services::{Command, View, plans};

pub(super) async fn listing(context: &Context<'_>) -> CommandResult {
    let by = context.manager()?;
    let query = context.list_query::<PlanColumn>()?;
    let snapshot = context.call.snapshot;
    let page = plans::listing(snapshot.view(), by, &query).await?;
    reply_with(List::of(page.items.iter().map(PlanRow::of).collect(), page.total))
}

pub(super) async fn listing_count(context: &Context<'_>) -> CommandResult {
    let by = context.manager()?;
    let conditions = context.conditions::<PlanColumn>()?;
    let query = ListQuery { conditions, ..ListQuery::page("", 1, 0) };
    let snapshot = context.call.snapshot;
    reply_with(plans::listing(snapshot.view(), by, &query).await?.total)
}

pub(super) async fn add(context: &Context<'_>) -> CommandResult {
    let by = context.manager()?;
    let request = context.read::<AddPlan>()?;
    let change = async |cmd: Command<'_>| plans::add(cmd, by, &request).await;
    reply_with(PlanRow::of(&context.call.app.change(context.call.origin, change).await?))
}

pub(super) async fn get(context: &Context<'_>) -> CommandResult {
    let reference = read_plan_reference(context)?;
    let snapshot = context.call.snapshot;
    reply_with(PlanRow::of(&find(context, snapshot.view(), &reference).await?))
}

pub(super) async fn update(context: &Context<'_>) -> CommandResult {
    let by = context.manager()?;
    let reference = read_plan_reference(context)?;
    let snapshot = context.call.snapshot;
    let current = find(context, snapshot.view(), &reference).await?;
    let request = context.receive_update::<UpdatePlan>(PlanRow::of(&current))?.finish()?;
    let id = current.id;
    let change = async |cmd: Command<'_>| plans::update(cmd, by, id, &request).await;
    reply_with(PlanRow::of(&context.call.app.change(context.call.origin, change).await?))
}

pub(super) async fn delete(context: &Context<'_>) -> CommandResult {
    let by = context.manager()?;
    let reference = read_plan_reference(context)?;
    let snapshot = context.call.snapshot;
    let id = find(context, snapshot.view(), &reference).await?.id;
    let change = async |cmd: Command<'_>| plans::delete(cmd, by, id).await;
    reply_with(PlanRow::of(&context.call.app.change(context.call.origin, change).await?))
}

async fn find(
    context: &Context<'_>,
    view: View<'_>,
    reference: &RowReference,
) -> Result<Plan, CommandError> {
    let by = context.manager()?;
    Ok(match reference {
        RowReference::Id(id) => plans::get(view, by, PlanId(*id)).await?,
        RowReference::Name(name) => plans::get_by_name(view, by, name).await?,
    })
}

fn read_plan_reference(context: &Context<'_>) -> Result<RowReference, CommandError> {
    let PlanReference { id, planname } = context.read()?;
    context::read_reference(context, &id, &planname, "planname")
}
