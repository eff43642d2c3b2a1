//! Looking up forgotten login names by a mail address.

use crate::db;
use crate::domain::email::Email;
use crate::domain::id::LoginId;
use crate::services::jobs::{self, Job};
use crate::services::throttle::{self, NAMES_BY_EMAIL};
use crate::services::{Command, Outcome, View};

/// Every account with that address.
///
/// # Errors
/// The database's.
pub async fn names_of(view: View<'_>, email: &Email) -> Outcome<Vec<(LoginId, String)>> {
    let mut names = db::admins::with_email(view.on, email).await?;
    names.extend(db::customers::with_email(view.on, email).await?);
    Ok(names)
}

/// Sends the login names of all accounts with that address to it. The caller learns nothing of what was found.
///
/// # Errors
/// The database's.
pub async fn request_login_names(cmd: Command<'_>, email: &str) -> Outcome<()> {
    let Ok(email) = Email::parse(email) else { return Ok(()) };
    let names = names_of(cmd.view(), &email).await?;
    let Some((login, name)) = names.first() else { return Ok(()) };
    if !throttle::count(cmd, &NAMES_BY_EMAIL, &email.key()).await? {
        return Ok(());
    }
    jobs::enqueue(cmd, &Job::SendLoginNames { to: email.to_string(), login: *login }, name, None).await
}
