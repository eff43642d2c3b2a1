//! One's own password.

use crate::domain::id::LoginId;
use crate::services::jobs::{self, Job};
use crate::services::passwords::{self, Ended, Keep, Prepared};
use crate::services::{Command, Outcome};

/// Sets the password of an account that proved itself. Every other session, key of the API and reset link ends, and its owner
/// is told by mail.
///
/// # Errors
/// The database's.
pub async fn set_own_password(cmd: Command<'_>, login: LoginId, password: &Prepared, keep: Keep<'_>, name: &str) -> Outcome<Ended> {
    let ended = passwords::set(cmd, login, password, keep).await?;
    jobs::enqueue(cmd, &Job::SendPasswordChanged { login }, name, None).await?;
    Ok(ended)
}
