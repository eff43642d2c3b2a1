//! Who may suspend and resume whom: a suspension yields to nobody below the rank of whom suspended.

use super::requests::{SuspendCustomer, UpdateCustomer};
use crate::domain::actor::Manager;
use crate::domain::customer::{Customer, Suspension};
use crate::domain::fault::Fault;
use crate::services::{Command, Outcome, ServiceError};

/// What a request says of a suspension.
#[derive(Clone, Debug, Default)]
pub struct SuspensionPatch {
    /// Suspend or resume.
    pub suspended: Option<bool>,
    /// Why; it is kept only while the customer is suspended.
    pub reason: Option<String>,
    /// Whether the customer reads the reason.
    pub reason_shown: Option<bool>,
}

impl SuspensionPatch {
    /// Returns what an update says of it.
    pub(super) fn of_update(request: &UpdateCustomer) -> Self {
        Self {
            suspended: request.deactivated.as_ref().copied(),
            reason: request.suspend_reason.as_ref().map(|reason| reason.0.clone()),
            reason_shown: request.suspend_reason_show.as_ref().copied(),
        }
    }

    /// Returns what a request to suspend says of it.
    #[must_use]
    pub fn suspending(request: SuspendCustomer) -> Self {
        Self {
            suspended: Some(true),
            reason: request.suspend_reason.value().map(String::from),
            reason_shown: request.suspend_reason_show.value(),
        }
    }
}

/// The suspension that the stored one and a request give together. Whoever changes the reason is from then on who suspended.
///
/// # Errors
/// [`ServiceError::Invalid`] with `suspended-by-higher-rank` of the field `deactivated` or `suspend_reason`.
pub(super) fn after(cmd: Command<'_>, by: &Manager, before: &Customer, patch: &SuspensionPatch) -> Outcome<Option<Suspension>> {
    let SuspensionPatch { suspended, reason, reason_shown } = patch;
    let refused = |field: &str, held: &Suspension| {
        let fault = Fault::new("suspended-by-higher-rank").with("by", &held.by_name);
        Err(ServiceError::field(field, fault))
    };
    let held = before.suspension.as_ref();
    if !suspended.unwrap_or(before.suspended) {
        return match held {
            Some(held) if !held.yields_to(by.rank()) => refused("deactivated", held),
            _ => Ok(None),
        };
    }
    let mut new = held.cloned().unwrap_or_else(|| Suspension { at: Some(cmd.at), ..Suspension::default() });
    if let Some(reason) = reason {
        new.reason.clone_from(reason);
    }
    new.reason_shown = reason_shown.unwrap_or(new.reason_shown);
    match held {
        Some(held) if *held == new => return Ok(Some(new)),
        Some(held) if !held.yields_to(by.rank()) => return refused("suspend_reason", held),
        _ => {}
    }
    Ok(Some(Suspension { by: Some(by.id()), by_name: by.login_name().to_owned(), rank: Some(by.rank()), ..new }))
}
