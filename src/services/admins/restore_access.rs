//! Restores an admin's access: by another admin, or from the shell.

use crate::audit::{self, Action, Change, Target};
use crate::credentials::{self, CredentialChange};
use crate::passwords::{ExemptFromRevocation, HashedPassword};
use crate::sign_in::attempts;
use crate::{Command, Outcome, View};
use auth::actor::{Actor, ServerAdmin};
use domain::admin::{Admin, AdminRef};

/// Clears an admin's failed sign-ins, whether or not they locked the account.
///
/// # Errors
/// [`NotFound`](crate::ServiceError::NotFound) if the admin does not exist.
pub async fn unlock(cmd: Command<'_>, by: &ServerAdmin, which: &AdminRef) -> Outcome<Admin> {
    let admin = super::read::find(cmd.view(), which).await?;
    attempts::unlock(cmd, admin.login).await?;
    let actor = Actor::Manager(by.manager().clone());
    audit::record(cmd, &actor, &Target::admin(&admin), Change::of(Action::AdminUnlocked)).await?;
    super::read::find(cmd.view(), &AdminRef::Id(admin.id)).await
}

/// Returns the admin with this login name.
///
/// # Errors
/// [`NotFound`](crate::ServiceError::NotFound) if the admin does not exist.
pub async fn find_by_login_name(view: View<'_>, login_name: &str) -> Outcome<Admin> {
    super::read::find(view, &AdminRef::Login(login_name.to_owned())).await
}

/// Unlocks an admin from the shell.
///
/// # Errors
/// [`NotFound`](crate::ServiceError::NotFound) if the admin does not exist.
pub async fn unlock_from_shell(cmd: Command<'_>, login_name: &str) -> Outcome<()> {
    let admin = find_by_login_name(cmd.view(), login_name).await?;
    attempts::unlock(cmd, admin.login).await?;
    audit::record_system(cmd, &Target::admin(&admin), Change::of(Action::AdminUnlocked)).await
}

/// Sets an admin's password from the shell. Revokes the admin's sessions and API keys, unlocks the
/// account, and notifies the admin by email.
///
/// # Errors
/// [`NotFound`](crate::ServiceError::NotFound) if the admin does not exist; validation errors of
/// `password`.
pub async fn set_password_from_shell(
    cmd: Command<'_>,
    login_name: &str,
    password: &HashedPassword,
) -> Outcome<()> {
    let admin = find_by_login_name(cmd.view(), login_name).await?;
    let change = CredentialChange {
        login: admin.login,
        name: admin.login_name.as_str(),
        field: "password",
        password: Some((password, ExemptFromRevocation::default())),
        password_is_mailed: false,
        old_email: &admin.profile.email,
        new_email: &admin.profile.email,
    };
    let revoked = credentials::change(cmd, &change).await?.unwrap_or_default();
    attempts::unlock(cmd, admin.login).await?;
    audit::record_system(cmd, &Target::admin(&admin), revoked.change(Action::AdminPasswordSet))
        .await
}
