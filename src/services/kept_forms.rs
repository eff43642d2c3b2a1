//! Forms that were submitted after their session had ended. They are stored sealed for an hour, for
//! the account that filled them in.

use super::{Command, Outcome, View, digest, sealed};
use domain::id::LoginId;
use domain::random;
use jiff::{SignedDuration, Timestamp};

/// Time for which a form is stored.
pub const RETENTION: SignedDuration = SignedDuration::from_hours(1);
/// Maximum number of stored forms of one account.
const MAX_FORMS: u64 = 10;
/// Maximum size of a stored form, in bytes.
pub const MAX_SIZE: usize = 256 * 1024;
/// Length of a token, in random bytes.
const TOKEN_BYTES: usize = 18;

fn context(digest: &str) -> String {
    format!("kept form {digest}")
}

/// Returns the start of the retention period that ends at `at`.
fn retained_since(at: Timestamp) -> Timestamp {
    at.checked_sub(RETENTION).unwrap_or(at)
}

/// Stores a form and returns the token that [`find`] takes. The caller refuses forms that are
/// larger than [`MAX_SIZE`].
///
/// # Errors
/// [`ServiceError::Internal`](crate::ServiceError::Internal) if sealing fails.
pub async fn store(cmd: Command<'_>, login: LoginId, text: &str) -> Outcome<String> {
    let token = random::token(cmd.env.random.as_ref(), TOKEN_BYTES);
    let digest = digest(&token);
    let sealed = sealed::seal(&cmd.env.sealer, &context(&digest), text)?;
    db::kept_forms::insert(cmd.tx, &digest, login, sealed, MAX_FORMS, cmd.at).await?;
    Ok(token)
}

/// Returns the form that this account stored under `token`, unless it has expired.
pub async fn find(
    view: View<'_>,
    sealer: &auth::seal::Sealer,
    login: LoginId,
    token: &str,
) -> Outcome<Option<String>> {
    let digest = digest(token);
    let stored = db::kept_forms::find(view.on, &digest, login, retained_since(view.at)).await?;
    let opened = stored.and_then(|stored| sealed::open(sealer, &context(&digest), &stored));
    Ok(opened.map(|text| text.expose().to_owned()))
}
