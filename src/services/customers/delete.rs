//! `Customers.delete`.

use super::owner_quota;
use crate::audit::{self, Action, Change, Target};
use crate::events;
use crate::jobs::{self, Job};
use crate::{Command, Outcome, mysql_accounts};
use auth::actor::{Actor, Manager};
use db::DbError;
use domain::customer::{Customer, CustomerRef, FileRemoval};
use domain::event::Event;

/// Deletes a customer and all rows that refer to them. Returns the deleted customer.
///
/// The same transaction cancels the customer's queued jobs for the home directory and for emails
/// with a password. New jobs remove the customer's accounts on MySQL servers and, with
/// [`FileRemoval::Remove`], their files and databases.
///
/// # Errors
/// [`NotFound`](crate::ServiceError::NotFound) outside the manager's scope.
pub async fn delete(
    cmd: Command<'_>,
    by: &Manager,
    customer_ref: &CustomerRef,
    files: FileRemoval,
) -> Outcome<Customer> {
    let customer = super::get(cmd.view(), by.scope(), customer_ref).await?;
    let reservation = owner_quota::reservation_of(cmd.view(), &customer).await?;
    let to_drop = mysql_accounts::find_to_drop(cmd, &customer).await?;
    if !db::customers::remove(cmd.tx, &customer).await? {
        return Err(DbError::Conflict("customer changed meanwhile".to_owned()).into());
    }
    db::admins::release(cmd.tx, customer.owner, &reservation).await?;
    jobs::cancel_for_customer(cmd, &customer).await?;
    mysql_accounts::enqueue_drops(cmd, &customer, to_drop, files).await?;
    if files == FileRemoval::Remove {
        let job =
            Job::RemoveHome { customer: customer.id, login_name: customer.login_name.to_string() };
        jobs::enqueue(cmd, &job, customer.login_name.as_str(), None).await?;
    }
    let before = Some(audit::customer_snapshot(&customer).into());
    let action = if files == FileRemoval::Remove {
        Action::CustomerDeletedWithFiles
    } else {
        Action::CustomerDeleted
    };
    audit::record(
        cmd,
        &Actor::Manager(by.clone()),
        &Target::customer(&customer),
        Change { action, before, after: None },
    )
    .await?;
    events::emit(cmd, &Event::Deleted { with_files: files == FileRemoval::Remove }, &customer)
        .await?;
    Ok(customer)
}
