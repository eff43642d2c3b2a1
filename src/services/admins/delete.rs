//! `Admins.delete`.

use super::rules;
use crate::audit::{self, Action, Change, Target};
use crate::{Command, Outcome, ServiceError};
use auth::actor::{Actor, ServerAdmin};
use db::DbError;
use domain::admin::{Admin, AdminRef};
use domain::id::AdminId;
use domain::validation::{ErrorCode, ValidationError};

/// Deletes an admin who has no customers, and returns the deleted admin. The admin's plans, email
/// templates, sessions and API keys are deleted, too.
///
/// # Errors
/// [`ServiceError::NotFound`] if the admin does not exist; [`ServiceError::Refused`] with
/// `cannot-delete-self`, `cannot-delete-first-admin`, `admin-has-customers` (`count`) or
/// `last-server-admin`.
pub async fn delete(cmd: Command<'_>, by: &ServerAdmin, admin_ref: &AdminRef) -> Outcome<Admin> {
    let admin = super::read::find(cmd.view(), admin_ref).await?;
    if admin.id == by.manager().id() {
        return Err(ServiceError::Refused(ValidationError::new(ErrorCode::CannotDeleteSelf)));
    }
    // The first admin always exists, so that people with access to the server can restore their
    // access to the panel.
    if admin.id == AdminId::FIRST {
        return Err(ServiceError::Refused(ValidationError::new(ErrorCode::CannotDeleteFirstAdmin)));
    }
    if admin.assigned.customers > 0 {
        return Err(customers_error(admin.assigned.customers));
    }
    if rules::is_active_server_admin(&admin)
        && !db::admins::has_other_server_admin(cmd.tx, admin.id).await?
    {
        return Err(ServiceError::Refused(ValidationError::new(ErrorCode::LastServerAdmin)));
    }
    // The savepoint keeps the transaction usable in PostgreSQL if a foreign key forbids the
    // deletion.
    match cmd.tx.attempt(async |tx| db::admins::remove(tx, &admin).await).await {
        Ok(true) => {}
        Ok(false) | Err(DbError::ForeignKeyViolation(_)) => {
            return Err(deletion_error(cmd, &admin).await);
        }
        Err(error) => return Err(error.into()),
    }
    let before = Some(audit::admin_snapshot(&admin).into());
    let change = Change { action: Action::AdminDeleted, before, after: None };
    audit::record(cmd, &Actor::Manager(by.manager().clone()), &Target::admin(&admin), change)
        .await?;
    Ok(admin)
}

fn customers_error(count: u64) -> ServiceError {
    ServiceError::Refused(ValidationError::new(ErrorCode::AdminHasCustomers).with("count", count))
}

/// Returns the error for an admin who was not deleted, because another transaction deleted them or
/// gave them a customer after they were read.
async fn deletion_error(cmd: Command<'_>, admin: &Admin) -> ServiceError {
    if let Err(error) = super::read::find(cmd.view(), &AdminRef::Id(admin.id)).await {
        return error;
    }
    match db::customers::count_owned(cmd.tx, admin.id).await {
        // The customer was deleted or moved in the meantime, so the deletion may succeed now.
        Ok(0) => DbError::Conflict("an admin's customers changed meanwhile".to_owned()).into(),
        Ok(count) => customers_error(count),
        Err(error) => error.into(),
    }
}
