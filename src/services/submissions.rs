//! Tokens of forms that create objects. A form that is submitted twice leads to the result of the
//! first submission.

use super::{Command, Outcome, ServiceError, View, digest};
use db::DbError;
use domain::id::LoginId;
use domain::validation::{ErrorCode, ValidationError};

/// Returns the address of the result of an earlier submission with this token.
pub async fn result_of(view: View<'_>, by: LoginId, token: &str) -> Outcome<Option<String>> {
    Ok(db::submissions::find(view.on, &digest(token), by).await?)
}

/// Stores the token and the address of the result, in the transaction of the change.
///
/// # Errors
/// [`ServiceError::Refused`] with `already-sent` if another submission with the same token was
/// committed in the meantime.
pub async fn record(cmd: Command<'_>, by: LoginId, token: &str, result: &str) -> Outcome<()> {
    match db::submissions::insert(cmd.tx, &digest(token), by, result, cmd.at).await {
        Err(DbError::UniqueViolation(_)) => {
            Err(ServiceError::Refused(ValidationError::new(ErrorCode::AlreadySent)))
        }
        outcome => Ok(outcome?),
    }
}
