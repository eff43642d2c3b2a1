//! Entries on signing in, and on requests that were refused. Failures of strangers are written down
//! only where they were counted for an account, which its lock bounds; refusals of somebody who is
//! signed in, so many an hour.

use super::{Action, Change, Target, record, record_system};
use crate::security_log;
use crate::throttle::{self, AUDITED_REFUSALS};
use crate::{Command, Outcome};
use auth::actor::Actor;
use serde_json::json;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Somebody signed in.
    SignedIn,
    /// Somebody failed to sign in, or to show the password again.
    Failed,
    /// So many failed that their source is locked.
    Locked,
}

/// Actions that change nothing. Lists of recent changes leave them out.
pub const ACTIONS: [&str; 5] = [
    Action::AccountSignedIn.code(),
    Action::AccountSignInFailed.code(),
    Action::AccountLocked.code(),
    Action::RequestForbidden.code(),
    Action::RequestForged.code(),
];

/// Writes down what happened at an account.
///
/// # Errors
/// The database's.
pub async fn record_sign_in(cmd: Command<'_>, account: &Actor, kind: Kind) -> Outcome<()> {
    let action = match kind {
        Kind::SignedIn => Action::AccountSignedIn,
        Kind::Failed => Action::AccountSignInFailed,
        Kind::Locked => Action::AccountLocked,
    };
    let target = target(cmd, account).await?;
    let change = Change {
        action,
        before: None,
        after: Some(json!({ "user_agent": security_log::agent() })),
    };
    match kind {
        Kind::SignedIn => record(cmd, account, &target, change).await,
        // Nobody knows who it was.
        Kind::Failed | Kind::Locked => record_system(cmd, &target, change).await,
    }
}

/// Why a request of somebody who is signed in was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Their role may not.
    Forbidden,
    /// Its form did not come from a page of theirs.
    Forged,
}

/// Writes down that a request was refused, unless there were too many of them this hour.
///
/// # Errors
/// The database's.
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
            kind: "admin",
            id: Some(admin.id().0),
            name,
            owner: Some(admin.id()),
            former_owner: None,
        },
        Actor::Customer(customer) => {
            let owner = db::customers::owner_of(cmd.tx, customer.id()).await?;
            Target { kind: "customer", id: Some(customer.id().0), name, owner, former_owner: None }
        }
    })
}
