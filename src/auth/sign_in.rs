//! Signing in with a name and a password. Unknown name, wrong password, locked account and an account without access to
//! the panel get the same answer after the same work.

use super::actor;
use crate::app::App;
use crate::db;
use crate::db::logins::LoginRow;
use crate::domain::id::LoginId;
use crate::domain::secret::Secret;
use crate::services::{Command, Origin, Outcome};
use jiff::Timestamp;

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
    let began = begin(app, origin, login.as_ref().map(|login| login.id)).await?;
    let verdict = app.env.hasher.verify(password, login.as_ref().map(|login| login.password_hash.as_str())).await;
    let (Some(login), Some(began), true) = (login, began, verdict.ok) else { return Ok(SignIn::Refused) };
    end_well(app, origin, &login, began).await?;
    match actor::account(view.on, login.id).await? {
        Some(account) if account.suspended => return Ok(SignIn::Suspended),
        Some(account) if account.gui_access => {}
        _ => return Ok(SignIn::Refused),
    }
    let upgraded = if verdict.needs_upgrade { Some(app.env.hasher.hash_panel(password).await.map_err(anyhow::Error::from)?) } else { None };
    app.change(origin, async |cmd: Command<'_>| {
        db::logins::note_sign_in(cmd.tx, login.id, cmd.at).await?;
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
    let began = begin(app, origin, Some(login)).await?;
    let verdict = app.env.hasher.verify(password, Some(&row.password_hash)).await;
    let (Some(began), true) = (began, verdict.ok) else { return Ok(false) };
    end_well(app, origin, &row, began).await?;
    Ok(true)
}

/// Counts a try before its password is looked at, and gives when; nothing for a locked account: tries while it is locked are
/// not counted, so that whoever keeps trying cannot keep the owner out for ever. For a name that nobody has the work is the same.
async fn begin(app: &App, origin: &Origin, login: Option<LoginId>) -> Outcome<Option<Timestamp>> {
    let nobody = LoginId(0);
    app.change(origin, async |cmd: Command<'_>| {
        let counted = db::logins::begin_try(cmd.tx, login.unwrap_or(nobody), cmd.at, cmd.settings.lock_rule(cmd.at)).await?;
        Ok(counted.then_some(cmd.at))
    })
    .await
}

/// The password was right: the try was none that failed.
async fn end_well(app: &App, origin: &Origin, login: &LoginRow, began: Timestamp) -> Outcome<()> {
    app.change(origin, async |cmd: Command<'_>| Ok(db::logins::end_try_well(cmd.tx, login.id, began, login.last_failure).await?)).await
}
