//! What everybody may change of himself.

mod login_names;
mod request_reset;
mod reset;
mod update_self;

pub use login_names::{MOST as MOST_LOGIN_NAMES, names_of, request_login_names};
pub use request_reset::request_reset;
pub use reset::{ResetTarget, reset, reset_target};
pub use update_self::update_self;

use crate::app::App;
use crate::{Noun, Outcome, ServiceError, View};
use auth::accounts::{self, Account};
use auth::actor::Manager;
use domain::admin::Admin;
use domain::id::LoginId;

/// A manager's own row: what he may hand out, and what he has handed out.
///
/// # Errors
/// [`ServiceError::NotFound`] when he is gone meanwhile.
pub async fn own(view: View<'_>, by: &Manager) -> Outcome<Admin> {
    db::admins::find(view.on, by.id()).await?.ok_or(ServiceError::NotFound(Noun::Admin))
}

/// Why a customer is suspended, where they are to read it. For whoever proved that they know the
/// customer's password.
///
/// # Errors
/// The database's.
pub async fn shown_suspend_reason(view: View<'_>, login_name: &str) -> Outcome<Option<String>> {
    Ok(db::customers::shown_suspend_reason(view.on, login_name).await?)
}

/// The account of that login, suspended or not; the caller must look.
///
/// # Errors
/// The database's.
pub async fn find(app: &App, login: LoginId) -> Outcome<Option<Account>> {
    Ok(accounts::find(&app.db.reader(), login).await?)
}

/// The account of that login, if it may use the panel.
///
/// # Errors
/// The database's.
pub async fn find_for_panel(app: &App, login: LoginId) -> Outcome<Option<Account>> {
    Ok(accounts::find_for_panel(&app.db.reader(), login).await?)
}

/// The account with that login name, suspended or not; the caller must look.
///
/// # Errors
/// The database's.
pub async fn find_named(app: &App, login_name: &str) -> Outcome<Option<Account>> {
    let on = app.db.reader();
    match db::logins::find_by_name(&on, login_name).await? {
        Some(login) => Ok(accounts::find(&on, login.id).await?),
        None => Ok(None),
    }
}

/// The account of the first admin who may change settings, whom the command line acts as.
///
/// # Errors
/// The database's.
pub async fn find_first_operator(app: &App) -> Outcome<Option<Account>> {
    let on = app.db.reader();
    match db::admins::first_operator(&on).await? {
        Some(login) => Ok(accounts::find(&on, login).await?),
        None => Ok(None),
    }
}
