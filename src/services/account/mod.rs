//! Accounts: lookups for entry points, changes of an account by its user, password resets, and
//! forgotten login names.

mod login_names;
mod request_reset;
mod reset;
mod update_self;

pub use login_names::{MAX_LOGIN_NAMES, find_login_names_by_email, request_login_names};
pub use request_reset::request_reset;
pub use reset::{ResetTarget, reset, reset_target};
pub use update_self::update_self;

use crate::app::App;
use crate::{Noun, Outcome, ServiceError, View};
use auth::accounts::{self, Account};
use auth::actor::Manager;
use domain::admin::Admin;
use domain::id::LoginId;

/// Returns the manager's own account, with its limits and assigned quota.
///
/// # Errors
/// [`ServiceError::NotFound`] if the account was deleted meanwhile.
pub async fn own_admin(view: View<'_>, by: &Manager) -> Outcome<Admin> {
    db::admins::find(view.on, by.id()).await?.ok_or(ServiceError::NotFound(Noun::Admin))
}

/// Returns the reason for a customer's suspension, or `None` if there is none that the customer may
/// read. The caller must have verified the customer's password.
pub async fn find_visible_suspend_reason(
    view: View<'_>,
    login_name: &str,
) -> Outcome<Option<String>> {
    Ok(db::customers::shown_suspend_reason(view.on, login_name).await?)
}

/// Returns the account with this login, suspended or not. The caller must check whether it may be
/// used.
pub async fn find(app: &App, login: LoginId) -> Outcome<Option<Account>> {
    Ok(accounts::find(&app.db.reader(), login).await?)
}

/// Returns the account with this login if it may use the panel.
pub async fn find_for_panel(app: &App, login: LoginId) -> Outcome<Option<Account>> {
    Ok(accounts::find_for_panel(&app.db.reader(), login).await?)
}

/// Returns the account with this login name, suspended or not. The caller must check whether it may
/// be used.
pub async fn find_by_login_name(app: &App, login_name: &str) -> Outcome<Option<Account>> {
    let login = db::logins::find_by_name(&app.db.reader(), login_name).await?;
    find_optional(app, login.map(|login| login.id)).await
}

/// Returns the account of the oldest admin who sees all customers, may change the server settings
/// and is not suspended. By default, the command line acts as this admin.
pub async fn find_first_server_admin(app: &App) -> Outcome<Option<Account>> {
    find_optional(app, db::admins::oldest_server_admin(&app.db.reader()).await?).await
}

async fn find_optional(app: &App, login: Option<LoginId>) -> Outcome<Option<Account>> {
    match login {
        Some(login) => find(app, login).await,
        None => Ok(None),
    }
}
