//! Audit entries of sign-ins and of refused requests. A failed sign-in is recorded only if it
//! counts for an account, so the lock of the account limits the number of entries. Refused requests
//! of signed-in accounts are recorded up to a limit per hour.

use super::{Action, Change, Target, TargetKind, record, record_system};
use crate::security_log;
use crate::throttle::{self, AUDITED_REFUSALS};
use crate::{Command, Outcome};
use auth::actor::Actor;
use serde_json::json;

/// A sign-in event of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInEvent {
    SignedIn,
    /// A sign-in or a reauthentication failed.
    Failed,
    /// Too many attempts from one source failed, so the account is locked for this source.
    Locked,
}

/// Codes of the actions that change nothing. Lists of recent changes omit them.
pub const NON_CHANGE_ACTIONS: [&str; 5] = [
    Action::AccountSignedIn.code(),
    Action::AccountSignInFailed.code(),
    Action::AccountLocked.code(),
    Action::RequestForbidden.code(),
    Action::RequestForged.code(),
];

/// Records a sign-in event of an account.
pub async fn record_sign_in(cmd: Command<'_>, account: &Actor, event: SignInEvent) -> Outcome<()> {
    let action = match event {
        SignInEvent::SignedIn => Action::AccountSignedIn,
        SignInEvent::Failed => Action::AccountSignInFailed,
        SignInEvent::Locked => Action::AccountLocked,
    };
    let target = target(cmd, account).await?;
    let change = Change {
        action,
        before: None,
        after: Some(json!({ "user_agent": security_log::agent() })),
    };
    match event {
        SignInEvent::SignedIn => record(cmd, account, &target, change).await,
        // The actor is unknown.
        SignInEvent::Failed | SignInEvent::Locked => record_system(cmd, &target, change).await,
    }
}

/// The reason why a request of a signed-in account was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The account's role does not allow the request.
    Forbidden,
    /// The form was not sent by a page of the account's session.
    Forged,
}

/// Records a refused request, unless the account has reached [`AUDITED_REFUSALS`].
pub async fn record_refusal(
    cmd: Command<'_>,
    by: &Actor,
    refusal: Refusal,
    request: &str,
) -> Outcome<()> {
    if !throttle::count(cmd, &AUDITED_REFUSALS, &by.login().to_string()).await? {
        return Ok(());
    }
    let action = match refusal {
        Refusal::Forbidden => Action::RequestForbidden,
        Refusal::Forged => Action::RequestForged,
    };
    let after = json!({ "request": request, "user_agent": security_log::agent() });
    let target = target(cmd, by).await?;
    record(cmd, by, &target, Change { action, before: None, after: Some(after) }).await
}

async fn target(cmd: Command<'_>, account: &Actor) -> Outcome<Target> {
    let name = account.login_name().to_owned();
    Ok(match account {
        Actor::Manager(admin) => Target {
            kind: TargetKind::Admin,
            id: Some(admin.id().0),
            name,
            owner: Some(admin.id()),
            former_owner: None,
        },
        Actor::Customer(customer) => {
            let owner = db::customers::owner_of(cmd.tx, customer.id()).await?;
            Target {
                kind: TargetKind::Customer,
                id: Some(customer.id().0),
                name,
                owner,
                former_owner: None,
            }
        }
    })
}
