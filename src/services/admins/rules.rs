//! What must stay true when an admin is changed.

use crate::{Command, Outcome};
use auth::actor::ServerAdmin;
use domain::admin::{Admin, AdminProfile, Allowance};
use domain::fault::{Code, Fault, FieldFaults};
use domain::grants::{Grant, Grants};
use domain::quota::Quota;
use domain::resources::Resource;
use domain::unit::Unit;

/// No new limit may lie below what is handed out already, nor exist at all while a customer has the
/// same thing without limit.
pub(super) async fn allowance(
    cmd: Command<'_>,
    before: &Admin,
    new: &Allowance,
    faults: &mut FieldFaults,
) -> Outcome<()> {
    let old = &before.profile.allowance;
    for (field, old, new, used) in [
        ("customers", old.customers, new.customers, before.assigned.customers),
        ("domains", old.domains, new.domains, before.assigned.domains),
    ] {
        covers(field, old, new, used, Unit::Count, faults);
    }
    for (resource, quota) in new.limits.iter() {
        covers(
            resource.name(),
            old.limits[resource],
            quota,
            before.assigned.amounts[resource],
            resource.unit(),
            faults,
        );
        // Where mailboxes have no limit at all, none is handed out.
        let counts = cmd.settings.mail_quota_enabled() || resource != Resource::EmailQuota;
        let limited = old.limits[resource].is_unlimited() && !quota.is_unlimited() && counts;
        if limited && db::admins::handed_out_unlimited(cmd.tx, before.id, resource).await? {
            faults.push(resource.name(), Fault::new(Code::HandedOutUnlimited));
        }
    }
    Ok(())
}

fn covers(field: &str, old: Quota, new: Quota, used: u64, unit: Unit, faults: &mut FieldFaults) {
    if new != old && !new.allows(used) {
        let used = Quota::Limited(used).in_units(unit.size()).unwrap_or_default();
        faults.push(
            field,
            Fault::new(Code::BelowAssigned).with("used", used).with("unit", unit.label()),
        );
    }
}

/// No grant may be taken away while a customer has what it gives: as with limits, the customers go
/// first.
pub(super) async fn grants(
    cmd: Command<'_>,
    before: &Admin,
    new: &Grants,
    faults: &mut FieldFaults,
) -> Outcome<()> {
    if *new == before.profile.grants {
        return Ok(());
    }
    grants_exist(cmd, new, faults).await?;
    // Whoever gives a customer something holds this row too.
    db::admins::hold(cmd.tx, before.id).await?;
    let lost = |customers: u64| Fault::new(Code::GrantInUse).with("count", customers);
    let old = &before.profile.grants;
    for (id, customers) in db::admins::php_configs_in_use(cmd.tx, before.id).await? {
        if old.php_configs.allows(id) && !new.php_configs.allows(id) {
            faults.push("allowed_phpconfigs", lost(customers));
        }
    }
    for (id, customers) in db::admins::mysql_servers_in_use(cmd.tx, before.id).await? {
        if old.mysql_servers.allows(id) && !new.mysql_servers.allows(id) {
            faults.push("allowed_mysqlserver", lost(customers));
        }
    }
    let (shells, perl) = db::admins::switches_in_use(cmd.tx, before.id).await?;
    for (field, old, new, customers) in
        [("shell_allowed", old.shell, new.shell, shells), ("perlenabled", old.perl, new.perl, perl)]
    {
        if old && !new && customers > 0 {
            faults.push(field, lost(customers));
        }
    }
    Ok(())
}

/// What is listed must be there.
pub(super) async fn grants_exist(
    cmd: Command<'_>,
    new: &Grants,
    faults: &mut FieldFaults,
) -> Outcome<()> {
    if let Grant::Only(ids) = &new.php_configs {
        for id in db::php_configs::missing(cmd.tx, ids).await? {
            faults.push("allowed_phpconfigs", Fault::new(Code::IdUnknown).with("id", id));
        }
    }
    if let Grant::Only(ids) = &new.mysql_servers {
        for id in db::mysql_servers::missing(cmd.tx, ids).await? {
            faults.push("allowed_mysqlserver", Fault::new(Code::IdUnknown).with("id", id));
        }
    }
    Ok(())
}

/// Nobody locks himself out, and somebody is always left who can let others in again.
pub(super) async fn stays_able(
    cmd: Command<'_>,
    by: &ServerAdmin,
    before: &Admin,
    profile: &AdminProfile,
    suspended: bool,
    faults: &mut FieldFaults,
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
        Code::CannotLockOutSelf
    } else if is_able(before) && !db::admins::other_server_admin(cmd.tx, before.id).await? {
        Code::LastServerAdmin
    } else {
        return Ok(());
    };
    for (field, _) in lost.into_iter().filter(|(_, is_lost)| *is_lost) {
        faults.push(field, Fault::new(code));
    }
    Ok(())
}

/// Whether he is one of those who can let others in.
pub(super) const fn is_able(admin: &Admin) -> bool {
    admin.profile.change_serversettings && admin.profile.gui_access && !admin.suspended
}

/// Returns the rights of an account. The panel asks for the admin's own password before it changes
/// them.
pub(super) const fn rights(profile: &AdminProfile) -> [bool; 5] {
    [
        profile.change_serversettings,
        profile.customers_see_all,
        profile.caneditphpsettings,
        profile.gui_access,
        profile.api_allowed,
    ]
}

/// Whether any of these rights is there after a change and was not before.
pub(super) fn gains(old: [bool; 5], new: [bool; 5]) -> bool {
    old.into_iter().zip(new).any(|(old, new)| new && !old)
}
