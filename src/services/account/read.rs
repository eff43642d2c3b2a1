//! Looking at oneself.

use crate::db;
use crate::domain::actor::Manager;
use crate::domain::admin::Admin;
use crate::services::{Outcome, ServiceError, View};

/// A manager's own row: what he may hand out, and what he has handed out.
///
/// # Errors
/// [`ServiceError::NotFound`] when he is gone meanwhile.
pub async fn own(view: View<'_>, by: &Manager) -> Outcome<Admin> {
    db::admins::find(view.on, by.id()).await?.ok_or(ServiceError::NotFound("admin"))
}
