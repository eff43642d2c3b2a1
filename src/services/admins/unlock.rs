//! `Admins.unlock`.

use crate::audit::{self, Action, Change, Target};
use crate::sign_in::tries;
use crate::{Command, Outcome};
use auth::actor::{Actor, ServerAdmin};
use domain::admin::{Admin, AdminRef};

/// Forgets an admin's failed sign-ins, whether or not they had locked him out.
///
/// # Errors
/// [`NotFound`](crate::ServiceError::NotFound).
pub async fn unlock(cmd: Command<'_>, by: &ServerAdmin, which: &AdminRef) -> Outcome<Admin> {
    let admin = super::read::find(cmd.view(), which).await?;
    tries::unlock(cmd, admin.login).await?;
    let actor = Actor::Manager(by.manager().clone());
    audit::record(cmd, &actor, &Target::admin(&admin), Change::of(Action::AdminUnlocked)).await?;
    super::read::find(cmd.view(), &AdminRef::Id(admin.id)).await
}
