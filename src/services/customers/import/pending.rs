//! Keeps a small file between its preview and its confirmation.
//!
//! The file may hold passwords, so it is neither part of the page nor stored in clear text. It is
//! stored sealed, at most one file for each account. Unsealing it requires the account that sent it
//! and the token in its form.

use super::{Options, TextEncoding};
use crate::{Command, Env, Outcome, View, digest};
use auth::actor::Manager;
use db::imports::PendingImport;
use domain::clock::later;
use domain::id::LoginId;
use domain::random;
use jiff::SignedDuration;
use zeroize::Zeroizing;

/// Time after which a file that was not confirmed expires.
const LIFETIME: SignedDuration = SignedDuration::from_hours(1);

/// A file that waits for its confirmation.
pub struct PendingFile {
    pub file: Zeroizing<Vec<u8>>,
    pub options: Options,
}

fn seal_context(by: LoginId, digest: &str) -> String {
    format!("import {} {digest}", by.0)
}

/// Stores a file for an hour, and replaces an earlier one of the same manager. Returns the token of
/// the file.
pub async fn store_pending(
    cmd: Command<'_>,
    by: &Manager,
    file: &[u8],
    options: Options,
) -> Outcome<String> {
    let token = random::token(cmd.env.random.as_ref(), 24);
    let digest = digest(&token);
    let sealed = cmd
        .env
        .sealer
        .seal(&seal_context(by.login(), &digest), file)
        .map_err(anyhow::Error::from)?;
    let encoding = options.encoding.map(|encoding| encoding.code().to_owned());
    let file = PendingImport { sealed, send_passwords: options.send_passwords, encoding };
    db::imports::replace(cmd.tx, by.login(), &digest, file, cmd.at, later(cmd.at, LIFETIME))
        .await?;
    Ok(token)
}

/// Returns the manager's file with this token, unless it has expired or was replaced.
///
/// # Errors
/// [`ServiceError::Internal`](crate::ServiceError::Internal) if the file cannot be unsealed.
pub async fn find_pending(
    view: View<'_>,
    env: &Env,
    by: &Manager,
    token: &str,
) -> Outcome<Option<PendingFile>> {
    let digest = digest(token);
    let Some(pending) = db::imports::find(view.on, by.login(), &digest, view.at).await? else {
        return Ok(None);
    };
    let file = env
        .sealer
        .open(&seal_context(by.login(), &digest), &pending.sealed)
        .map_err(anyhow::Error::from)?;
    let encoding = pending.encoding.as_deref().and_then(TextEncoding::parse);
    Ok(Some(PendingFile {
        file,
        options: Options { send_passwords: pending.send_passwords, encoding },
    }))
}

/// Removes the manager's file.
pub async fn remove_pending(cmd: Command<'_>, by: &Manager) -> Outcome<()> {
    Ok(db::imports::remove(cmd.tx, by.login()).await?)
}
