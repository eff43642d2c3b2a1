//! Sends forgotten login names to an email address.

use crate::jobs::{self, Job};
use crate::throttle::{self, NAMES_BY_EMAIL};
use crate::{Command, Outcome, View};
use domain::email::Email;
use domain::id::LoginId;

/// Maximum number of login names in one email. Resellers may have thousands of customers with one
/// address.
pub const MAX_LOGIN_NAMES: usize = 100;

/// Returns the login ids and login names of the accounts with this email address: at most `limit`,
/// admins first.
pub async fn find_login_names_by_email(
    view: View<'_>,
    email: &Email,
    limit: usize,
) -> Outcome<Vec<(LoginId, String)>> {
    let mut names = db::admins::logins_with_email(view.on, email, limit as u64).await?;
    let remaining = limit.saturating_sub(names.len());
    if remaining > 0 {
        names.extend(db::customers::logins_with_email(view.on, email, remaining as u64).await?);
    }
    Ok(names)
}

/// Enqueues an email with the login names of the accounts that have this email address, at most
/// [`MAX_LOGIN_NAMES`]. The result does not tell whether an account exists.
pub async fn request_login_names(cmd: Command<'_>, email: &str) -> Outcome<()> {
    let Ok(email) = Email::parse(email) else { return Ok(()) };
    // The request is counted before the accounts are read, so that requests beyond the limit cost
    // no further queries.
    if !throttle::count(cmd, &NAMES_BY_EMAIL, &email.key()).await? {
        return Ok(());
    }
    let names = find_login_names_by_email(cmd.view(), &email, 1).await?;
    let Some((login, name)) = names.first() else { return Ok(()) };
    jobs::enqueue(cmd, &Job::SendLoginNames { to: email.to_string(), login: *login }, name, None)
        .await
}
