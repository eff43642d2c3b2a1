//! Forms that create carry a random token; whoever sends one twice is led to what the first one
//! made.

use super::{Command, Outcome, ServiceError, View};
use db::DbError;
use domain::id::LoginId;
use sha2::{Digest as _, Sha256};

fn digest(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Where the result of a form is that was sent before.
///
/// # Errors
/// The database's.
pub async fn result_of(view: View<'_>, by: LoginId, token: &str) -> Outcome<Option<String>> {
    Ok(db::submissions::find(view.on, &digest(token), by).await?)
}

/// Notes in the transaction of the change that this form was sent, and where its result is.
///
/// # Errors
/// [`ServiceError::Refused`] with `already-sent` when a twin of it was committed meanwhile.
pub async fn note(cmd: Command<'_>, by: LoginId, token: &str, result: &str) -> Outcome<()> {
    match db::submissions::insert(cmd.tx, &digest(token), by, result, cmd.at).await {
        Err(DbError::Taken(_)) => {
            Err(ServiceError::Refused(domain::fault::Fault::new(domain::fault::Code::AlreadySent)))
        }
        outcome => Ok(outcome?),
    }
}
