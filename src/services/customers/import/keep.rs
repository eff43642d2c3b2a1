//! A file between its preview and its confirmation. It holds passwords, so it neither goes into the
//! page nor lies about in the clear: it is sealed, one an account, and opens only for who sent it,
//! with the token of his form.

use super::{Options, TextEncoding};
use crate::{Command, Env, Outcome, View};
use auth::actor::Manager;
use db::imports::Waiting;
use domain::chance;
use domain::id::LoginId;
use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// How long a file waits for its confirmation.
const LIFETIME: SignedDuration = SignedDuration::from_hours(1);

/// A file that was kept.
pub struct Kept {
    /// The file.
    pub file: Zeroizing<Vec<u8>>,
    /// How it is to be imported.
    pub options: Options,
}

fn digest(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

fn context(by: LoginId, digest: &str) -> String {
    format!("import {} {digest}", by.0)
}

/// Keeps a file for an hour; an earlier one of the same manager goes. Gives the token that finds it
/// again.
///
/// # Errors
/// The database's.
pub async fn keep(
    cmd: Command<'_>,
    by: &Manager,
    file: &[u8],
    options: Options,
) -> Outcome<String> {
    let token = chance::token(cmd.env.chance.as_ref(), 24);
    let digest = digest(&token);
    let sealed =
        cmd.env.sealer.seal(&context(by.login(), &digest), file).map_err(anyhow::Error::from)?;
    let encoding = options.encoding.map(|encoding| encoding.code().to_owned());
    let file = Waiting { sealed, send_passwords: options.send_passwords, encoding };
    let expires = cmd.at.checked_add(LIFETIME).unwrap_or(cmd.at);
    db::imports::replace(cmd.tx, by.login(), &digest, file, cmd.at, expires).await?;
    Ok(token)
}

/// The file of that token, if the manager sent it and it is still there.
///
/// # Errors
/// The database's, and that it cannot be opened.
pub async fn kept(view: View<'_>, env: &Env, by: &Manager, token: &str) -> Outcome<Option<Kept>> {
    let digest = digest(token);
    let Some(waiting) = db::imports::find(view.on, by.login(), &digest, view.at).await? else {
        return Ok(None);
    };
    let file = env
        .sealer
        .open(&context(by.login(), &digest), &waiting.sealed)
        .map_err(anyhow::Error::from)?;
    let encoding = waiting.encoding.as_deref().and_then(TextEncoding::parse);
    Ok(Some(Kept { file, options: Options { send_passwords: waiting.send_passwords, encoding } }))
}

/// Forgets the manager's file.
///
/// # Errors
/// The database's.
pub async fn forget(cmd: Command<'_>, by: &Manager) -> Outcome<()> {
    Ok(db::imports::remove(cmd.tx, by.login()).await?)
}
