//! Signing in with a name and a password. Unknown name, wrong password, locked account and an account without access to
//! the panel get the same answer after the same work.

use super::actor;
use crate::app::App;
use crate::db;
use crate::domain::id::LoginId;
use crate::domain::secret::Secret;
use crate::services::{Command, Origin, Outcome};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// He is in.
    Welcome(LoginId),
    /// No; nobody learns why.
    Refused,
    /// The password was right, but the account is suspended. Only who knows the password hears it.
    Suspended,
}

/// Tries to sign in.
///
/// # Errors
/// The database's, or hashing failed.
pub async fn sign_in(app: &App, origin: &Origin, name: &str, password: &Secret) -> Outcome<SignIn> {
    let look = app.look().await?;
    let view = look.view();
    let login = db::logins::find_by_name(view.on, name).await?;
    let verdict = app.env.hasher.verify(password, login.as_ref().map(|login| login.password_hash.as_str())).await;
    let Some(login) = login else { return Ok(SignIn::Refused) };
    let rule = look.settings.lock_rule(view.at);
    if rule.locks(login.failures, login.last_failure) {
        // Tries while locked are not counted: whoever keeps trying must not keep the owner out for ever.
        return Ok(SignIn::Refused);
    }
    if !verdict.ok {
        note_failure(app, origin, login.id).await?;
        return Ok(SignIn::Refused);
    }
    match actor::account(view.on, login.id).await? {
        Some(account) if account.suspended => return Ok(SignIn::Suspended),
        Some(account) if account.gui_access => {}
        _ => return Ok(SignIn::Refused),
    }
    let upgraded = if verdict.needs_upgrade { Some(app.env.hasher.hash_panel(password).await.map_err(anyhow::Error::from)?) } else { None };
    app.change(origin, async |cmd: Command<'_>| {
        db::logins::note_success(cmd.tx, login.id, cmd.at).await?;
        if let Some(hash) = &upgraded {
            db::logins::upgrade_hash(cmd.tx, login.id, &login.password_hash, hash).await?;
        }
        Ok::<_, crate::services::ServiceError>(())
    })
    .await?;
    Ok(SignIn::Welcome(login.id))
}

/// Whether this is the account's password, for things that ask for it again. Failures count as those of signing in do.
///
/// # Errors
/// The database's.
pub async fn confirm(app: &App, origin: &Origin, login: LoginId, password: &Secret) -> Outcome<bool> {
    let look = app.look().await?;
    let Some(row) = db::logins::find(look.view().on, login).await? else { return Ok(false) };
    let rule = look.settings.lock_rule(look.view().at);
    let locked = rule.locks(row.failures, row.last_failure);
    let verdict = app.env.hasher.verify(password, Some(&row.password_hash)).await;
    if verdict.ok && !locked {
        return Ok(true);
    }
    if !locked {
        note_failure(app, origin, login).await?;
    }
    Ok(false)
}

/// Counts a failed try, in a transaction of its own.
async fn note_failure(app: &App, origin: &Origin, login: LoginId) -> Outcome<()> {
    app.change(origin, async |cmd: Command<'_>| {
        let forget = cmd.settings.forget_failures_before(cmd.at);
        Ok(db::logins::note_failure(cmd.tx, login, cmd.at, forget).await?)
    })
    .await
}
