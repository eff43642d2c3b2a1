//! Rules that must hold when an admin is changed.

use crate::{Command, Outcome};
use auth::actor::ServerAdmin;
use domain::admin::{Admin, AdminProfile, AssignableQuota};
use domain::grants::{Grant, Grants};
use domain::quota::Quota;
use domain::resources::Resource;
use domain::unit::Unit;
use domain::validation::{Argument, ErrorCode, FieldErrors, ValidationError};

/// Checks new limits against assigned quota. A new limit must not be lower than the assigned
/// amount. An unlimited quota must not become limited while a customer has the same resource
/// without limit.
pub(super) async fn check_quota(
    cmd: Command<'_>,
    before: &Admin,
    new: &AssignableQuota,
    errors: &mut FieldErrors,
) -> Outcome<()> {
    let old = &before.profile.quota;
    for (field, old, new, assigned) in [
        ("customers", old.customers, new.customers, before.assigned.customers),
        ("domains", old.domains, new.domains, before.assigned.domains),
    ] {
        check_limit(field, old, new, assigned, Unit::Count, errors);
    }
    for (resource, quota) in new.limits.iter() {
        check_limit(
            resource.name(),
            old.limits[resource],
            quota,
            before.assigned.amounts[resource],
            resource.unit(),
            errors,
        );
        // If mailbox quotas are disabled, the mailbox quota of every customer is unlimited, which
        // does not count as assigned.
        let counts = cmd.settings.mail_quota_enabled() || resource != Resource::EmailQuota;
        let limited = old.limits[resource].is_unlimited() && !quota.is_unlimited() && counts;
        if limited && db::admins::has_assigned_unlimited(cmd.tx, before.id, resource).await? {
            errors.push(resource.name(), ValidationError::new(ErrorCode::HandedOutUnlimited));
        }
    }
    Ok(())
}

fn check_limit(
    field: &str,
    old: Quota,
    new: Quota,
    assigned: u64,
    unit: Unit,
    errors: &mut FieldErrors,
) {
    if new != old && !new.allows(assigned) {
        errors.push(
            field,
            ValidationError::new(ErrorCode::BelowAssigned)
                .with("used", unit.rounded_up(assigned))
                .with("unit", unit.label()),
        );
    }
}

/// Checks that no customer of the admin uses a grant that the admin loses, and that new grants
/// exist. As with limits, the customers must be changed before the admin.
pub(super) async fn check_lost_grants(
    cmd: Command<'_>,
    before: &Admin,
    new: &Grants,
    errors: &mut FieldErrors,
) -> Outcome<()> {
    if *new == before.profile.grants {
        return Ok(());
    }
    check_grants_exist(cmd, new, errors).await?;
    // Changes of customers lock this row, too, so the counts below stay valid until the commit.
    db::admins::lock_row(cmd.tx, before.id).await?;
    let in_use =
        |customers: u64| ValidationError::new(ErrorCode::GrantInUse).with("count", customers);
    let old = &before.profile.grants;
    for (id, customers) in db::admins::php_configs_in_use(cmd.tx, before.id).await? {
        if old.php_configs.allows(id) && !new.php_configs.allows(id) {
            errors.push("allowed_phpconfigs", in_use(customers));
        }
    }
    for (id, customers) in db::admins::mysql_servers_in_use(cmd.tx, before.id).await? {
        if old.mysql_servers.allows(id) && !new.mysql_servers.allows(id) {
            errors.push("allowed_mysqlserver", in_use(customers));
        }
    }
    let (shells, perl) = db::admins::switches_in_use(cmd.tx, before.id).await?;
    for (field, old, new, customers) in
        [("shell_allowed", old.shell, new.shell, shells), ("perlenabled", old.perl, new.perl, perl)]
    {
        if old && !new && customers > 0 {
            errors.push(field, in_use(customers));
        }
    }
    Ok(())
}

/// Checks that the granted PHP configurations and MySQL servers exist.
pub(super) async fn check_grants_exist(
    cmd: Command<'_>,
    new: &Grants,
    errors: &mut FieldErrors,
) -> Outcome<()> {
    if let Grant::Only(ids) = &new.php_configs {
        for id in db::php_configs::missing(cmd.tx, ids).await? {
            errors.push(
                "allowed_phpconfigs",
                ValidationError::new(ErrorCode::IdUnknown).with("id", Argument::name(id)),
            );
        }
    }
    if let Grant::Only(ids) = &new.mysql_servers {
        for id in db::mysql_servers::missing(cmd.tx, ids).await? {
            errors.push(
                "allowed_mysqlserver",
                ValidationError::new(ErrorCode::IdUnknown).with("id", Argument::name(id)),
            );
        }
    }
    Ok(())
}

/// Checks that admins do not remove their own access, and that a server admin remains who can sign
/// in to the panel.
pub(super) async fn check_access_remains(
    cmd: Command<'_>,
    by: &ServerAdmin,
    before: &Admin,
    profile: &AdminProfile,
    suspended: bool,
    errors: &mut FieldErrors,
) -> Outcome<()> {
    let lost = [
        (
            "change_serversettings",
            before.profile.change_serversettings && !profile.change_serversettings,
        ),
        ("gui_access", before.profile.gui_access && !profile.gui_access),
        ("deactivated", !before.suspended && suspended),
    ];
    if !lost.iter().any(|(_, is_lost)| *is_lost) {
        return Ok(());
    }
    let code = if before.id == by.manager().id() {
        ErrorCode::CannotLockOutSelf
    } else if is_active_server_admin(before)
        && !db::admins::has_other_server_admin(cmd.tx, before.id).await?
    {
        ErrorCode::LastServerAdmin
    } else {
        return Ok(());
    };
    for (field, _) in lost.into_iter().filter(|(_, is_lost)| *is_lost) {
        errors.push(field, ValidationError::new(code));
    }
    Ok(())
}

/// Returns whether the admin is a server admin who may sign in to the panel.
pub(super) const fn is_active_server_admin(admin: &Admin) -> bool {
    admin.profile.change_serversettings && admin.profile.gui_access && !admin.suspended
}

/// Returns the rights of an admin. The panel requires the current password of the admin who changes
/// another admin's rights or gains a right.
pub(super) const fn rights(profile: &AdminProfile) -> [bool; 5] {
    [
        profile.change_serversettings,
        profile.customers_see_all,
        profile.caneditphpsettings,
        profile.gui_access,
        profile.api_allowed,
    ]
}

/// Returns whether the change grants any right.
pub(super) fn gains_right(old: [bool; 5], new: [bool; 5]) -> bool {
    old.into_iter().zip(new).any(|(old, new)| new && !old)
}
