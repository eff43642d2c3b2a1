//! What everybody may change of himself.

mod login_names;
mod request_reset;
mod reset;
mod update_self;

pub use login_names::{MOST as MOST_LOGIN_NAMES, names_of, request_login_names};
pub use request_reset::request_reset;
pub use reset::{ResetTarget, reset, reset_target};
pub use update_self::update_self;

use crate::{Noun, Outcome, ServiceError, View};
use auth::actor::Manager;
use domain::admin::Admin;

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
