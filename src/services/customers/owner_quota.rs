//! Reserves quota of customers' owners, and returns the errors of failed reservations. Also checks
//! new limits against the customer's usage.

use crate::{Command, Noun, Outcome, ServiceError, View};
use db::admins::{self, Reservation};
use domain::admin::Admin;
use domain::customer::{Customer, Profile};
use domain::id::AdminId;
use domain::quota::Quota;
use domain::resources::{Amounts, Limits, Resource};
use domain::unit::Unit;
use domain::validation::{Argument, ErrorCode, FieldErrors, ValidationError};

/// Returns the reservation for a customer with these limits.
pub(super) fn reservation_for(limits: &Limits, mail_quota_enabled: bool) -> Reservation {
    let added = reservation_for_change(&Limits::NONE, limits, mail_quota_enabled);
    Reservation { customers: 1, ..added }
}

/// Returns the reservation that a customer holds from their owner's quota: for their limits and
/// domains.
pub(super) async fn reservation_of(view: View<'_>, customer: &Customer) -> Outcome<Reservation> {
    let reservation =
        reservation_for(&customer.profile.services.limits, view.settings.mail_quota_enabled());
    let domains = db::domains::count(view.on, customer.id).await?;
    Ok(Reservation { domains, ..reservation })
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
/// provider has disabled mailbox quotas.
const fn is_counted(resource: Resource, mail_quota_enabled: bool) -> bool {
    mail_quota_enabled || !matches!(resource, Resource::EmailQuota)
}

/// Reserves quota of the owner.
///
/// # Errors
/// [`ServiceError::Exhausted`] if the reservation exceeds the owner's limit of customers or
/// domains; [`ServiceError::Invalid`] with a validation error for each resource of which the owner
/// has too little quota remaining.
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
    // Another transaction released the missing quota after the reservation failed and before the
    // owner was read. Running the transaction again can succeed.
    Err(db::DbError::Conflict("the owner's quota changed meanwhile".to_owned()).into())
}

/// Returns an error if the reservation exceeds the owner's limit of customers or domains.
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
        let assigned =
            owner.assigned.amounts[resource].saturating_sub(reservation.released[resource]);
        let unit = resource.unit();
        if reservation.unlimited.contains(resource) {
            errors.push(resource.name(), ValidationError::new(ErrorCode::AllocationUnlimited));
        } else if reservation.reserved[resource] > reservation.released[resource]
            && assigned.saturating_add(reservation.reserved[resource]) > limit
        {
            errors.push(
                resource.name(),
                ValidationError::new(ErrorCode::AllocationExceeded)
                    .with("left", unit.rounded_down(limit.saturating_sub(assigned)))
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
    below_usage_errors(
        before,
        after,
        used,
        |resource| !is_measured(resource),
        ErrorCode::BelowUsage,
    )
    .into_result(())
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
    below_usage_errors(before, after, used, is_measured, ErrorCode::BelowMeasured)
}

/// Returns whether the usage of a resource is measured, not counted.
const fn is_measured(resource: Resource) -> bool {
    matches!(resource, Resource::Diskspace | Resource::Traffic)
}

/// Returns an error for each selected resource whose limit has changed and lies below the usage.
fn below_usage_errors(
    before: &Profile,
    after: &Profile,
    used: &Amounts,
    is_selected: impl Fn(Resource) -> bool,
    code: ErrorCode,
) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for (resource, quota) in
        after.services.limits.iter().filter(|(resource, _)| is_selected(*resource))
    {
        if quota != before.services.limits[resource] && !quota.allows(used[resource]) {
            let unit = resource.unit();
            let used = displayed_usage(unit, quota, used[resource]);
            errors.push(
                resource.name(),
                ValidationError::new(code).with("used", used).with("unit", unit.label()),
            );
        }
    }
    errors
}

/// Returns usage above a limit for a text, rounded to tenths as on pages. Rounds up if the usage
/// would otherwise appear to be equal to the limit.
fn displayed_usage(unit: Unit, limit: Quota, used: u64) -> Argument {
    let rounded = unit.rounded(used);
    if rounded == unit.rounded(limit.finite()) { unit.rounded_up(used) } else { rounded }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usage_above_a_limit_never_appears_equal_to_it() {
        let (limit, used) = (5 << 20, (5 << 20) + 1);
        let shown = |limit| displayed_usage(Unit::MiB, Quota::Limited(limit), used);
        assert_eq!(shown(limit), Argument::decimal("5.1".to_owned()));
        assert_eq!(shown(0), Argument::Number(5));
    }

    #[test]
    fn a_new_customer_reserves_all_limits_that_count() {
        let mut limits = Limits::NONE;
        limits[Resource::Emails] = Quota::Limited(3);
        limits[Resource::EmailQuota] = Quota::Unlimited;
        limits[Resource::Ftps] = Quota::Unlimited;
        let reservation = reservation_for(&limits, false);
        assert_eq!(reservation.customers, 1);
        assert_eq!(reservation.reserved, Amounts::finite(&limits));
        assert_eq!(reservation.released, Amounts::default());
        assert!(reservation.unlimited.contains(Resource::Ftps));
        assert!(!reservation.unlimited.contains(Resource::EmailQuota));
    }
}
