//! Forms that were sent after their session had ended. They wait sealed, for an hour, for the
//! account they were filled in by.

use super::{Command, Outcome, View};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::chance;
use domain::id::LoginId;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

/// How long a form is kept.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(1);
/// How many forms of one account are kept at once.
const MOST: u64 = 10;
/// The largest text that is kept.
pub const LARGEST: usize = 256 * 1024;
/// Random bytes of a token.
const TOKEN: usize = 18;

fn digest(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

fn context(digest: &str) -> String {
    format!("kept form {digest}")
}

fn since(at: Timestamp) -> Timestamp {
    at.checked_sub(KEPT_FOR).unwrap_or(at)
}

/// Keeps a text of at most [`LARGEST`] bytes; gives the token by which it is found.
///
/// # Errors
/// The database's.
pub async fn keep(cmd: Command<'_>, login: LoginId, text: &str) -> Outcome<String> {
    let token = chance::token(cmd.env.chance.as_ref(), TOKEN);
    let digest = digest(&token);
    let sealed =
        cmd.env.sealer.seal(&context(&digest), text.as_bytes()).map_err(anyhow::Error::from)?;
    db::kept_forms::insert(cmd.tx, &digest, login, STANDARD.encode(sealed), MOST, cmd.at).await?;
    Ok(token)
}

/// The text that this account kept under this token, if its time is not over.
///
/// # Errors
/// The database's.
pub async fn find(
    view: View<'_>,
    sealer: &auth::seal::Sealer,
    login: LoginId,
    token: &str,
) -> Outcome<Option<String>> {
    let digest = digest(token);
    let Some(sealed) = db::kept_forms::find(view.on, &digest, login, since(view.at)).await? else {
        return Ok(None);
    };
    let opened = STANDARD
        .decode(sealed)
        .ok()
        .and_then(|sealed| sealer.open(&context(&digest), &sealed).ok());
    Ok(opened.and_then(|text| String::from_utf8(text.to_vec()).ok()))
}
