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
pub const LARGEST: usize = 256 * 1024;
/// Length of a token, in random bytes.
const TOKEN_BYTES: usize = 18;

fn context(digest: &str) -> String {
    format!("kept form {digest}")
}

fn oldest(at: Timestamp) -> Timestamp {
    at.checked_sub(RETENTION).unwrap_or(at)
}

/// Stores a form of at most [`LARGEST`] bytes and returns the token that [`find`] takes.
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
    let stored = db::kept_forms::find(view.on, &digest, login, oldest(view.at)).await?;
    let opened = stored.and_then(|stored| sealed::open(sealer, &context(&digest), &stored));
    Ok(opened.map(|text| text.expose().to_owned()))
}
