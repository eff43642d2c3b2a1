//! Requests for a password reset link.

use super::reset;
use crate::audit::{self, Change};
use crate::jobs::{self, Job};
use crate::throttle::{self, RESETS_BY_ACCOUNT};
use crate::{Command, Outcome, digest};
use auth::accounts;
use domain::clock::later;
use domain::email::Email;
use domain::random;
use domain::secret::Secret;
use jiff::SignedDuration;

/// Enqueues an email with a password reset link to the account with this login name. Does nothing
/// unless the email address is that of the account, the account may use the panel and reset its
/// password, and [`RESETS_BY_ACCOUNT`] is not exceeded. The result does not tell whether a link is
/// sent. A new link replaces an earlier one.
pub async fn request_reset(cmd: Command<'_>, login_name: &str, email: &str) -> Outcome<()> {
    let Ok(email) = Email::parse(email) else { return Ok(()) };
    let Some(login) = db::logins::find_by_name(cmd.tx, login_name).await? else { return Ok(()) };
    let Some(account) = accounts::find_for_panel(cmd.tx, login.id).await? else { return Ok(()) };
    if account.email.key() != email.key() || !reset::may_reset(cmd.settings, &account.actor) {
        return Ok(());
    }
    let name = account.actor.login_name();
    // Counted after the checks: requests with guessed addresses must not use up the account's
    // attempts.
    if !throttle::count(cmd, &RESETS_BY_ACCOUNT, &login.id.to_string()).await? {
        return Ok(());
    }
    let token = Secret::new(random::token(cmd.env.random.as_ref(), 32));
    let expires = later(cmd.at, SignedDuration::from_hours(cmd.settings.reset_hours()));
    db::password_resets::replace(cmd.tx, login.id, &digest(token.expose()), cmd.at, expires)
        .await?;
    jobs::enqueue(cmd, &Job::SendPasswordReset { login: login.id }, name, Some(&token)).await?;
    let (target, action) =
        reset::apply_step(cmd, &account.actor, reset::ResetStep::Requested).await?;
    audit::record_system(cmd, &target, Change::of(action)).await
}
