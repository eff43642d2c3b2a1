//! `HostingPlans.*`

use super::{Context, Done, Named, Trouble, give, named, read};
use crate::api::rows::{List, PlanRow};
use crate::api::search;
use crate::domain::id::PlanId;
use crate::domain::plan::Plan;
use crate::domain::query::{PlanColumn, Question};
use crate::services::params::Params;
use crate::services::{Command, View, plans};

pub(super) async fn listing(context: &Context<'_>, mut params: Params) -> Done {
    let by = context.manager()?;
    let question = search::read::<PlanColumn>(&mut params, context.call.dialect);
    read(params)?;
    let look = context.call.look;
    let page = plans::listing(look.view(), by, &question).await?;
    give(List::of(page.items.iter().map(PlanRow::of).collect(), page.total))
}

pub(super) async fn listing_count(context: &Context<'_>, mut params: Params) -> Done {
    let by = context.manager()?;
    let question = Question { conditions: search::conditions::<PlanColumn>(&mut params, context.call.dialect), ..Question::part("", 1, 0) };
    read(params)?;
    let look = context.call.look;
    give(plans::listing(look.view(), by, &question).await?.total)
}

pub(super) async fn add(context: &Context<'_>, params: Params) -> Done {
    let by = context.manager()?;
    let patch = plans::parse_new(params)?;
    let change = async |cmd: Command<'_>| plans::add(cmd, by, &patch).await;
    give(PlanRow::of(&context.call.app.change(context.call.origin, change).await?))
}

pub(super) async fn get(context: &Context<'_>, mut params: Params) -> Done {
    let which = named(context, &mut params, "planname")?;
    read(params)?;
    let look = context.call.look;
    give(PlanRow::of(&find(context, look.view(), &which).await?))
}

pub(super) async fn update(context: &Context<'_>, mut params: Params) -> Done {
    let by = context.manager()?;
    let which = named(context, &mut params, "planname")?;
    // An empty name leaves the plan its own, as in Froxlor.
    if params.peek_text("name").is_some_and(|name| name.is_empty()) {
        params.take("name");
    }
    let look = context.call.look;
    let known = find(context, look.view(), &which).await?;
    context.leave_out_repeated(&mut params, PlanRow::of(&known))?;
    let patch = plans::parse_update(params)?;
    let id = known.id;
    let change = async |cmd: Command<'_>| plans::update(cmd, by, id, &patch).await;
    give(PlanRow::of(&context.call.app.change(context.call.origin, change).await?))
}

pub(super) async fn delete(context: &Context<'_>, mut params: Params) -> Done {
    let by = context.manager()?;
    let which = named(context, &mut params, "planname")?;
    read(params)?;
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
