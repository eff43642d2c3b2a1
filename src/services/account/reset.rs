//! Sets a new password with a password reset link.

use crate::audit::{self, Action, Target};
use crate::credentials::{self, CredentialChange};
use crate::passwords::{ExemptFromRevocation, HashedPassword};
use crate::settings::ProviderSettings;
use crate::{Command, Noun, Outcome, ServiceError, View, customers, digest, jobs, mysql_accounts};
use auth::accounts::{self, Account};
use auth::actor::Actor;
use domain::customer::CustomerRef;
use domain::email::Email;
use domain::scope::Scope;
use domain::secret::Secret;

/// An account whose password a link may replace.
#[derive(Clone, Debug)]
pub struct ResetTarget {
    pub login_name: String,
    pub email: Email,
}

/// Returns the account whose password this link may replace.
///
/// # Errors
/// [`ServiceError::NotFound`] if the link was used or replaced, if it has expired, or if the
/// account may no longer use it.
pub async fn reset_target(view: View<'_>, token: &Secret) -> Outcome<ResetTarget> {
    let account = account(view, token).await?;
    Ok(ResetTarget { login_name: account.actor.login_name().to_owned(), email: account.email })
}

async fn account(view: View<'_>, token: &Secret) -> Outcome<Account> {
    let gone = || ServiceError::NotFound(Noun::PasswordReset);
    let login = db::password_resets::find(view.on, &digest(token.expose()), view.at)
        .await?
        .ok_or_else(gone)?;
    let account = accounts::find_for_panel(view.on, login).await?.ok_or_else(gone)?;
    if may_reset(view.settings, &account.actor) { Ok(account) } else { Err(gone()) }
}

/// Sets the password with a link and consumes the link. All sessions and API keys of the account
/// are revoked, the account is unlocked, a queued email with the old password is cancelled, and a
/// notice is sent to the account's email address.
///
/// # Errors
/// As [`reset_target`]. If two requests use a link at the same time, one of them gets
/// [`ServiceError::NotFound`].
pub async fn reset(cmd: Command<'_>, token: &Secret, password: &HashedPassword) -> Outcome<()> {
    let account = account(cmd.view(), token).await?;
    if !db::password_resets::consume(cmd.tx, &digest(token.expose())).await? {
        return Err(ServiceError::NotFound(Noun::PasswordReset));
    }
    let actor = &account.actor;
    let change = CredentialChange {
        login: actor.login(),
        name: actor.login_name(),
        field: "new_password",
        password: Some((password, ExemptFromRevocation::default())),
        password_is_emailed: false,
        old_email: &account.email,
        new_email: &account.email,
    };
    let revoked = credentials::change(cmd, &change).await?.unwrap_or_default();
    let (target, action) = apply_step(cmd, actor, ResetStep::Done(password)).await?;
    audit::record(cmd, actor, &target, revoked.change(action)).await
}

/// Returns whether the account may reset its password by email. Customers always may; admins only
/// if the provider allows it.
pub(super) fn may_reset(settings: &ProviderSettings, actor: &Actor) -> bool {
    match actor {
        Actor::Customer(_) => true,
        Actor::Manager(_) => settings.admins_may_reset(),
    }
}

/// A step of a password reset, as the audit log records it.
#[derive(Clone, Copy)]
pub(super) enum ResetStep<'a> {
    Requested,
    Done(&'a HashedPassword),
}

/// Applies a step to a customer: a new password marks the row as changed, updates the MySQL
/// accounts and cancels queued emails with the old password. Returns the account as audit target,
/// and the action of the step.
pub(super) async fn apply_step(
    cmd: Command<'_>,
    actor: &Actor,
    step: ResetStep<'_>,
) -> Outcome<(Target, Action)> {
    match actor {
        Actor::Customer(by) => {
            let customer =
                customers::get(cmd.view(), Scope::Only(by.id()), &CustomerRef::Id(by.id())).await?;
            let action = match step {
                ResetStep::Requested => Action::CustomerPasswordResetRequested,
                ResetStep::Done(password) => {
                    db::customers::touch(cmd.tx, &customer, cmd.at).await?;
                    mysql_accounts::store_password(cmd, by.id(), &password.plain).await?;
                    mysql_accounts::sync_after_password_change(cmd, &customer).await?;
                    jobs::cancel_password_emails(cmd, by.id()).await?;
                    Action::CustomerPasswordReset
                }
            };
            Ok((Target::customer(&customer), action))
        }
        Actor::Manager(by) => {
            let admin = db::admins::find(cmd.tx, by.id())
                .await?
                .ok_or(ServiceError::NotFound(Noun::Admin))?;
            let action = match step {
                ResetStep::Requested => Action::AdminPasswordResetRequested,
                ResetStep::Done(_) => Action::AdminPasswordReset,
            };
            Ok((Target::admin(&admin), action))
        }
    }
}
