//! Handlers of the `Admins.*` commands.

use super::context::{self, CommandError, CommandResult, Context, RowReference, reply_with};
use crate::requests::AdminReference;
use crate::rows::{AdminRow, List};
use domain::admin::AdminRef;
use domain::id::AdminId;
use domain::query::{AdminColumn, ListQuery};
use services::admins::{AddAdmin, UpdateAdmin};
use services::sign_in::reauthenticate;
use services::{Command, admins};

pub(super) async fn listing(context: &Context<'_>) -> CommandResult {
    let by = context.server_admin()?;
    let query = context.list_query::<AdminColumn>()?;
    let snapshot = context.call.snapshot;
    let page = admins::listing(snapshot.view(), &by, &query).await?;
    reply_with(List::of(page.items.iter().map(AdminRow::of).collect(), page.total))
}

pub(super) async fn listing_count(context: &Context<'_>) -> CommandResult {
    let by = context.server_admin()?;
    let conditions = context.conditions::<AdminColumn>()?;
    let query = ListQuery { conditions, ..ListQuery::page("", 1, 0) };
    let snapshot = context.call.snapshot;
    reply_with(admins::listing(snapshot.view(), &by, &query).await?.total)
}

pub(super) async fn add(context: &Context<'_>) -> CommandResult {
    let (by, app) = (context.server_admin()?, context.call.app);
    let snapshot = context.call.snapshot;
    let mut new =
        admins::prepare(&app.env, &snapshot.settings, context.receive::<AddAdmin>()).await?;
    new.proof =
        reauthenticate(app, context.call.origin, by.manager().login(), new.current_password())
            .await?;
    let admin = app
        .change(context.call.origin, async |cmd: Command<'_>| admins::add(cmd, &by, &new).await)
        .await?;
    reply_with(AdminRow::of(&admin))
}

pub(super) async fn get(context: &Context<'_>) -> CommandResult {
    let by = context.server_admin()?;
    let reference = read_admin_reference(context)?;
    let snapshot = context.call.snapshot;
    reply_with(AdminRow::of(&admins::get(snapshot.view(), &by, &reference).await?))
}

pub(super) async fn update(context: &Context<'_>) -> CommandResult {
    let (by, app) = (context.server_admin()?, context.call.app);
    let reference = read_admin_reference(context)?;
    let snapshot = context.call.snapshot;
    let current = admins::get(snapshot.view(), &by, &reference).await?;
    let received = context.receive_update::<UpdateAdmin>(AdminRow::of(&current))?;
    let mut edit =
        admins::prepare_edit(&app.env, &snapshot.settings, received, current.login_name.as_str())
            .await?;
    edit.proof =
        reauthenticate(app, context.call.origin, by.manager().login(), edit.current_password())
            .await?;
    let reference = AdminRef::Id(current.id);
    let admin = app
        .change(context.call.origin, async |cmd: Command<'_>| {
            admins::update(cmd, &by, &reference, &edit).await
        })
        .await?;
    reply_with(AdminRow::of(&admin))
}

pub(super) async fn delete(context: &Context<'_>) -> CommandResult {
    let by = context.server_admin()?;
    let reference = read_admin_reference(context)?;
    let change = async |cmd: Command<'_>| admins::delete(cmd, &by, &reference).await;
    reply_with(AdminRow::of(&context.call.app.change(context.call.origin, change).await?))
}

pub(super) async fn unlock(context: &Context<'_>) -> CommandResult {
    let by = context.server_admin()?;
    let reference = read_admin_reference(context)?;
    let change = async |cmd: Command<'_>| admins::unlock(cmd, &by, &reference).await;
    reply_with(AdminRow::of(&context.call.app.change(context.call.origin, change).await?))
}

fn read_admin_reference(context: &Context<'_>) -> Result<AdminRef, CommandError> {
    let AdminReference { id, loginname } = context.read()?;
    Ok(match context::read_reference(context, &id, &loginname, "loginname")? {
        RowReference::Id(id) => AdminRef::Id(AdminId(id)),
        RowReference::Name(name) => AdminRef::Login(name),
    })
}
