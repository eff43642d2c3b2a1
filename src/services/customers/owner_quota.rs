//! Reserves quota of customers' owners, and explains why a reservation fails.

use crate::{Command, Noun, Outcome, ServiceError};
use db::admins::{self, Reservation};
use domain::admin::Admin;
use domain::customer::{Customer, Profile};
use domain::id::AdminId;
use domain::quota::Quota;
use domain::resources::{Amounts, Limits, Resource};
use domain::validation::{ErrorCode, FieldErrors, ValidationError};

/// Returns the reservation for a customer with these limits.
pub(super) fn reservation_for(limits: &Limits, mail_quota_enabled: bool) -> Reservation {
    let mut reservation =
        Reservation { customers: 1, reserved: Amounts::finite(limits), ..Reservation::default() };
    for (resource, quota) in limits.iter() {
        if quota.is_unlimited() && is_counted(resource, mail_quota_enabled) {
            reservation.unlimited.insert(resource);
        }
    }
    reservation
}

/// Returns the reservation for a change of a customer's limits: new amounts to reserve, old ones to
/// release.
pub(super) fn reservation_for_change(
    before: &Limits,
    after: &Limits,
    mail_quota_enabled: bool,
) -> Reservation {
    let mut reservation = Reservation {
        reserved: Amounts::finite(after),
        released: Amounts::finite(before),
        ..Reservation::default()
    };
    for (resource, quota) in after.iter() {
        if quota.is_unlimited()
            && !before[resource].is_unlimited()
            && is_counted(resource, mail_quota_enabled)
        {
            reservation.unlimited.insert(resource);
        }
    }
    reservation
}

/// Returns whether a resource counts toward the owner's quota. Mailbox quota does not count if the
/// provider has disabled mail quotas.
const fn is_counted(resource: Resource, mail_quota_enabled: bool) -> bool {
    mail_quota_enabled || !matches!(resource, Resource::EmailQuota)
}

/// Reserves quota of the owner.
///
/// # Errors
/// [`ServiceError::Exhausted`] if the owner has reached their limit of customers or domains;
/// [`ServiceError::Invalid`] with a validation error for each resource of which the owner has too
/// little quota remaining.
pub(super) async fn reserve(
    cmd: Command<'_>,
    owner: AdminId,
    reservation: &Reservation,
) -> Outcome<()> {
    if admins::reserve(cmd.tx, owner, reservation).await? {
        return Ok(());
    }
    let owner = admins::find(cmd.tx, owner).await?.ok_or(ServiceError::NotFound(Noun::Admin))?;
    if let Some(error) = customer_limit_error(&owner, reservation) {
        return Err(ServiceError::Exhausted(error));
    }
    quota_errors(&owner, reservation).into_result(())?;
    // Another transaction released the missing quota after the update failed and before the owner
    // was read. Running the transaction again can succeed.
    Err(db::DbError::Conflict("the owner's quota changed meanwhile".to_owned()).into())
}

/// Returns the reason if the owner has reached their limit of customers or domains.
pub(super) fn customer_limit_error(
    owner: &Admin,
    reservation: &Reservation,
) -> Option<ValidationError> {
    let quota = &owner.profile.quota;
    if reservation.customers > 0
        && !quota.customers.allows(owner.assigned.customers.saturating_add(reservation.customers))
    {
        return Some(
            ValidationError::new(ErrorCode::CustomersExhausted)
                .with("limit", quota.customers.finite()),
        );
    }
    if reservation.domains > 0
        && !quota.domains.allows(owner.assigned.domains.saturating_add(reservation.domains))
    {
        return Some(
            ValidationError::new(ErrorCode::DomainsExhausted).with("limit", quota.domains.finite()),
        );
    }
    None
}

/// Returns a validation error for each resource of which the owner has too little quota remaining.
pub(super) fn quota_errors(owner: &Admin, reservation: &Reservation) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for (resource, limit) in owner.profile.quota.limits.iter() {
        let Quota::Limited(limit) = limit else { continue };
        let used = owner.assigned.amounts[resource].saturating_sub(reservation.released[resource]);
        let unit = resource.unit();
        if reservation.unlimited.contains(resource) {
            errors.push(resource.name(), ValidationError::new(ErrorCode::AllocationUnlimited));
        } else if reservation.reserved[resource] > reservation.released[resource]
            && used.saturating_add(reservation.reserved[resource]) > limit
        {
            errors.push(
                resource.name(),
                ValidationError::new(ErrorCode::AllocationExceeded)
                    .with("left", unit.rounded_down(limit.saturating_sub(used)))
                    .with("unit", unit.label()),
            );
        }
    }
    errors
}

/// Refuses new limits below the customer's current usage (docs/compatibility.md#d9).
///
/// Measured resources are exempt: see [`measured_usage_warnings`].
///
/// # Errors
/// `below-usage` for each such field.
pub(super) fn check_usage(
    before: &Profile,
    after: &Profile,
    used: &Amounts,
) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    for (resource, quota) in after.services.limits.iter() {
        let measured = matches!(resource, Resource::Diskspace | Resource::Traffic);
        if quota != before.services.limits[resource] && !measured && !quota.allows(used[resource]) {
            let unit = resource.unit();
            errors.push(
                resource.name(),
                ValidationError::new(ErrorCode::BelowUsage)
                    .with("used", unit.rounded_up(used[resource]))
                    .with("unit", unit.label()),
            );
        }
    }
    errors.into_result(())
}

/// Returns `below-measured` for each new limit of disk space or traffic that lies below the
/// measured usage.
///
/// Such limits are allowed, since they stop further usage. The panel asks for confirmation first
/// ([`Edit::refuses_below_usage`](super::Edit)). The API and the command line show warnings
/// ([`update_warnings`]).
pub(super) fn measured_usage_warnings(
    before: &Profile,
    after: &Profile,
    used: &Amounts,
) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for resource in [Resource::Diskspace, Resource::Traffic] {
        let quota = after.services.limits[resource];
        if quota != before.services.limits[resource] && !quota.allows(used[resource]) {
            let unit = resource.unit();
            let used = used[resource];
            // Pages round to tenths as well. If limit and usage are equal when rounded, the usage
            // would not appear to be above the limit.
            let shown = if unit.rounded(used) == unit.rounded(quota.finite()) {
                unit.rounded_up(used)
            } else {
                unit.rounded(used)
            };
            errors.push(
                resource.name(),
                ValidationError::new(ErrorCode::BelowMeasured)
                    .with("used", shown)
                    .with("unit", unit.label()),
            );
        }
    }
    errors
}

/// Returns warnings by field about a completed update: limits below the measured usage.
#[must_use]
pub fn update_warnings(before: &Customer, after: &Customer) -> FieldErrors {
    let mut warnings = FieldErrors::default();
    for (name, errors) in
        measured_usage_warnings(&before.profile, &after.profile, &after.used).iter()
    {
        for error in errors {
            warnings.push(name, error.clone().variant("stored"));
        }
    }
    warnings
}
