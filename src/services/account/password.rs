//! One's own password.

use crate::db;
use crate::domain::id::LoginId;
use crate::services::jobs::{self, Job};
use crate::services::passwords::Prepared;
use crate::services::{Command, Outcome};

/// Sets the password of an account that proved itself. Every other session and every reset link ends, and its owner is
/// told by mail.
///
/// # Errors
/// The database's.
pub async fn set_own_password(
    cmd: Command<'_>,
    login: LoginId,
    password: &Prepared,
    keep_session: Option<&str>,
    name: &str,
) -> Outcome<()> {
    db::logins::set_password(cmd.tx, login, &password.panel_hash, cmd.at).await?;
    db::sessions::end_all(cmd.tx, login, keep_session).await?;
    db::password_resets::end(cmd.tx, login).await?;
    jobs::enqueue(cmd, &Job::SendPasswordChanged { login }, name, None).await
}
