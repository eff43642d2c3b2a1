//! `Admins.delete`.

use super::rules;
use crate::audit::{self, Action, Change, Target};
use crate::{Command, Outcome, ServiceError};
use auth::actor::{Actor, ServerAdmin};
use db::DbError;
use domain::admin::{Admin, AdminRef};
use domain::id::AdminId;
use domain::validation::{ErrorCode, ValidationError};

/// Deletes an admin who has no customers, and returns the deleted admin. The admin's plans,
/// sessions and API keys are deleted, too.
///
/// # Errors
/// [`ServiceError::Refused`] with `cannot-delete-self`, `cannot-delete-first-admin`,
/// `admin-has-customers` (`count`) or `last-server-admin`.
pub async fn delete(cmd: Command<'_>, by: &ServerAdmin, which: &AdminRef) -> Outcome<Admin> {
    let admin = super::read::find(cmd.view(), which).await?;
    if admin.id == by.manager().id() {
        return Err(ServiceError::Refused(ValidationError::new(ErrorCode::CannotDeleteSelf)));
    }
    // The owner of the server recovers access through the first admin.
    if admin.id == AdminId(1) {
        return Err(ServiceError::Refused(ValidationError::new(ErrorCode::CannotDeleteFirstAdmin)));
    }
    let has_customers_error = |count: u64| {
        Err(ServiceError::Refused(
            ValidationError::new(ErrorCode::AdminHasCustomers).with("count", count),
        ))
    };
    if admin.assigned.customers > 0 {
        return has_customers_error(admin.assigned.customers);
    }
    if rules::is_active_server_admin(&admin)
        && !db::admins::has_other_server_admin(cmd.tx, admin.id).await?
    {
        return Err(ServiceError::Refused(ValidationError::new(ErrorCode::LastServerAdmin)));
    }
    match db::admins::remove(cmd.tx, &admin).await {
        Ok(true) => {}
        // Another transaction gave this admin a customer after the check above.
        Ok(false) | Err(DbError::ForeignKeyViolation(_)) => return has_customers_error(1),
        Err(error) => return Err(error.into()),
    }
    let before = Some(audit::admin_snapshot(&admin).into());
    let change = Change { action: Action::AdminDeleted, before, after: None };
    audit::record(cmd, &Actor::Manager(by.manager().clone()), &Target::admin(&admin), change)
        .await?;
    Ok(admin)
}
