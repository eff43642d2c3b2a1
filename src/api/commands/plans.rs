//! Handlers of the `HostingPlans.*` commands.

use super::context::{self, Context, Done, Named, Trouble, give};
use crate::requests::PlanReference;
use crate::rows::{List, PlanRow};
use domain::id::PlanId;
use domain::plan::Plan;
use domain::query::{PlanColumn, Question};
use services::plans::{AddPlan, UpdatePlan};
use services::{Command, View, plans};

pub(super) async fn listing(context: &Context<'_>) -> Done {
    let by = context.manager()?;
    let question = context.question::<PlanColumn>()?;
    let look = context.call.look;
    let page = plans::listing(look.view(), by, &question).await?;
    give(List::of(page.items.iter().map(PlanRow::of).collect(), page.total))
}

pub(super) async fn listing_count(context: &Context<'_>) -> Done {
    let by = context.manager()?;
    let conditions = context.conditions::<PlanColumn>()?;
    let question = Question { conditions, ..Question::part("", 1, 0) };
    let look = context.call.look;
    give(plans::listing(look.view(), by, &question).await?.total)
}

pub(super) async fn add(context: &Context<'_>) -> Done {
    let by = context.manager()?;
    let request = context.read::<AddPlan>()?;
    let change = async |cmd: Command<'_>| plans::add(cmd, by, &request).await;
    give(PlanRow::of(&context.call.app.change(context.call.origin, change).await?))
}

pub(super) async fn get(context: &Context<'_>) -> Done {
    let which = named(context)?;
    let look = context.call.look;
    give(PlanRow::of(&find(context, look.view(), &which).await?))
}

pub(super) async fn update(context: &Context<'_>) -> Done {
    let by = context.manager()?;
    let which = named(context)?;
    let look = context.call.look;
    let known = find(context, look.view(), &which).await?;
    let request = context.receive_update::<UpdatePlan>(PlanRow::of(&known))?.finish()?;
    let id = known.id;
    let change = async |cmd: Command<'_>| plans::update(cmd, by, id, &request).await;
    give(PlanRow::of(&context.call.app.change(context.call.origin, change).await?))
}

pub(super) async fn delete(context: &Context<'_>) -> Done {
    let by = context.manager()?;
    let which = named(context)?;
    let look = context.call.look;
    let id = find(context, look.view(), &which).await?.id;
    let change = async |cmd: Command<'_>| plans::delete(cmd, by, id).await;
    give(PlanRow::of(&context.call.app.change(context.call.origin, change).await?))
}

async fn find(context: &Context<'_>, view: View<'_>, which: &Named) -> Result<Plan, Trouble> {
    let by = context.manager()?;
    Ok(match which {
        Named::Id(id) => plans::get(view, by, PlanId(*id)).await?,
        Named::Name(name) => plans::get_by_name(view, by, name).await?,
    })
}

fn named(context: &Context<'_>) -> Result<Named, Trouble> {
    let PlanReference { id, planname } = context.read()?;
    context::named(context, &id, &planname, "planname")
}
