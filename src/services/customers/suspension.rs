//! Rules for changing suspensions. Nobody below the rank of the manager who suspended a customer
//! may resume them or change the reason.

use super::requests::UpdateCustomer;
use crate::{Command, Outcome, ServiceError};
use auth::actor::Manager;
use domain::customer::{Customer, Suspension};
use domain::validation::{ErrorCode, ValidationError};

/// Returns the suspension that results from the stored one and a request. A manager who changes the
/// reason or its visibility is recorded as the manager who suspended the customer.
///
/// # Errors
/// [`ServiceError::Invalid`] with `suspended-by-higher-rank` for the field `deactivated` or
/// `suspend_reason`.
pub(super) fn apply_request(
    cmd: Command<'_>,
    by: &Manager,
    before: &Customer,
    request: &UpdateCustomer,
) -> Outcome<Option<Suspension>> {
    let UpdateCustomer { deactivated, suspend_reason, suspend_reason_show, .. } = request;
    let refused = |field: &str, stored: &Suspension| {
        let error =
            ValidationError::new(ErrorCode::SuspendedByHigherRank).with("by", &stored.by_name);
        Err(ServiceError::field(field, error))
    };
    let stored = before.suspension.as_ref();
    if !deactivated.as_ref().copied().unwrap_or(before.suspended) {
        return match stored {
            Some(stored) if !stored.can_be_changed_by(by.rank()) => refused("deactivated", stored),
            _ => Ok(None),
        };
    }
    let mut new =
        stored.cloned().unwrap_or_else(|| Suspension { at: Some(cmd.at), ..Suspension::default() });
    suspend_reason.set(&mut new.reason);
    suspend_reason_show.set(&mut new.reason_shown);
    match stored {
        Some(stored) if *stored == new => return Ok(Some(new)),
        Some(stored) if !stored.can_be_changed_by(by.rank()) => {
            return refused("suspend_reason", stored);
        }
        _ => {}
    }
    Ok(Some(Suspension {
        by: Some(by.id()),
        by_name: by.login_name().to_owned(),
        rank: Some(by.rank()),
        ..new
    }))
}
