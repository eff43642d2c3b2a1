//! `Customers.move`.

use super::{grants, owner_quota};
use crate::audit::{self, Action, Change, Target};
use crate::{Command, Noun, Outcome, ServiceError, events};
use auth::actor::{Actor, ServerAdmin};
use db::DbError;
use domain::customer::{Customer, CustomerRef};
use domain::event::Event;
use domain::id::AdminId;
use domain::scope::Scope;
use domain::validation::{ErrorCode, ValidationError};
use serde_json::json;

/// Moves a customer to another owner.
///
/// The limits of the new owner apply. Domains and API keys stay with the customer. The counters of
/// both owners change in the same transaction.
///
/// # Errors
/// - [`ServiceError::NotFound`]: the customer or the new owner does not exist.
/// - [`ServiceError::Refused`]: `move-same-owner` or `move-target-suspended`.
/// - [`ServiceError::Exhausted`] or [`ServiceError::Invalid`]: the new owner has too little quota
///   remaining, or lacks grants that the customer needs.
pub async fn move_to(
    cmd: Command<'_>,
    by: &ServerAdmin,
    customer_ref: &CustomerRef,
    to: AdminId,
) -> Outcome<Customer> {
    let before = super::get(cmd.view(), by.manager().scope(), customer_ref).await?;
    if before.owner == to {
        return Err(ServiceError::Refused(ValidationError::new(ErrorCode::MoveSameOwner)));
    }
    let new_owner =
        db::admins::find(cmd.tx, to).await?.ok_or(ServiceError::NotFound(Noun::Admin))?;
    if new_owner.suspended {
        return Err(ServiceError::Refused(ValidationError::new(ErrorCode::MoveTargetSuspended)));
    }
    let reservation = owner_quota::reservation_of(cmd.view(), &before).await?;
    owner_quota::reserve(cmd, to, &reservation).await?;
    grants::check(cmd, to, None, &before.profile).await?;
    db::admins::release(cmd.tx, before.owner, &reservation).await?;
    if !db::customers::change_owner(cmd.tx, &before, to, cmd.at).await? {
        return Err(DbError::Conflict("customer changed meanwhile".to_owned()).into());
    }
    let after = super::get(cmd.view(), Scope::All, &CustomerRef::Id(before.id)).await?;
    let change = Change {
        action: Action::CustomerMoved,
        before: Some(json!({ "adminname": before.owner_name })),
        after: Some(json!({ "adminname": after.owner_name })),
    };
    let actor = Actor::Manager(by.manager().clone());
    audit::record(cmd, &actor, &Target::moved(&before, &after), change).await?;
    let event = Event::Moved {
        from: (before.owner, before.owner_name),
        to: (after.owner, after.owner_name.clone()),
    };
    events::emit(cmd, &event, &after).await?;
    Ok(after)
}
