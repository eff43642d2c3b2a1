//! What must stay true when an admin is changed.

use crate::db;
use crate::domain::actor::ServerAdmin;
use crate::domain::admin::{Admin, AdminProfile, Allowance};
use crate::domain::fault::{Fault, FieldFaults};
use crate::domain::quota::Quota;
use crate::domain::resources::{Resource, Unit};
use crate::services::{Command, Outcome};

/// No new limit may lie below what is handed out already, nor exist at all while a customer has the same thing without limit.
pub(super) async fn allowance(cmd: Command<'_>, before: &Admin, new: &Allowance, faults: &mut FieldFaults) -> Outcome<()> {
    let old = &before.profile.allowance;
    for (field, old, new, used) in [
        ("customers", old.customers, new.customers, before.assigned.customers),
        ("domains", old.domains, new.domains, before.assigned.domains),
    ] {
        covers(field, old, new, used, Unit::Count, faults);
    }
    for (resource, quota) in new.limits.iter() {
        covers(resource.name(), old.limits[resource], quota, before.assigned.amounts[resource], resource.unit(), faults);
        // Where mailboxes have no limit at all, none is handed out.
        let counts = cmd.settings.mail_quota_enabled() || resource != Resource::EmailQuota;
        let limited = old.limits[resource].is_unlimited() && !quota.is_unlimited() && counts;
        if limited && db::admins::handed_out_unlimited(cmd.tx, before.id, resource).await? {
            faults.push(resource.name(), Fault::new("handed-out-unlimited"));
        }
    }
    Ok(())
}

fn covers(field: &str, old: Quota, new: Quota, used: u64, unit: Unit, faults: &mut FieldFaults) {
    if new != old && !new.allows(used) {
        let used = Quota::Limited(used).in_units(unit.size()).unwrap_or_default();
        faults.push(field, Fault::new("below-assigned").with("used", used).with("unit", unit.label()));
    }
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
        ("change_serversettings", before.profile.change_serversettings && !profile.change_serversettings),
        ("gui_access", before.profile.gui_access && !profile.gui_access),
        ("deactivated", !before.suspended && suspended),
    ];
    if !lost.iter().any(|(_, is_lost)| *is_lost) {
        return Ok(());
    }
    let code = if before.id == by.manager().id() {
        "cannot-lock-out-self"
    } else if is_able(before) && !db::admins::other_server_admin(cmd.tx, before.id).await? {
        "last-server-admin"
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
