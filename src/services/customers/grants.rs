//! Owners hand out only PHP configurations, MySQL servers, shells and Perl that they were given
//! themselves. As with limits, the owner counts, whoever acts; what a customer has already stays.

use crate::{Command, Noun, Outcome, ServiceError, View};
use domain::admin::Admin;
use domain::customer::Profile;
use domain::fault::{Code, Fault, FieldFaults};
use domain::grants::{Grants, Lack};
use domain::id::AdminId;

/// Refuses what the owner was not given. To be called once the owner's allowance is reserved: their
/// row is held from then on, so that nothing is taken away from them meanwhile.
///
/// # Errors
/// [`ServiceError::Invalid`] with `not-granted` of each such field.
pub(super) async fn check(
    cmd: Command<'_>,
    owner: AdminId,
    before: Option<&Profile>,
    after: &Profile,
) -> Outcome<()> {
    let owner = held(cmd, owner).await?;
    Ok(faults(cmd.view(), &owner, &owner.profile.grants.lack(before, after)).await?.or(())?)
}

/// The owner whose allowance was reserved.
///
/// # Errors
/// The database's.
pub(super) async fn held(cmd: Command<'_>, owner: AdminId) -> Outcome<Admin> {
    db::admins::find(cmd.tx, owner).await?.ok_or(ServiceError::NotFound(Noun::Admin))
}

/// As [`check`] for a new customer of an owner who is held already: for many at once.
///
/// # Errors
/// As [`check`].
pub(super) async fn check_held(cmd: Command<'_>, owner: &Admin, new: &Profile) -> Outcome<()> {
    Ok(faults(cmd.view(), owner, &owner.profile.grants.lack(None, new)).await?.or(())?)
}

/// What an owner was given.
///
/// # Errors
/// The database's.
pub async fn granted(view: View<'_>, owner: AdminId) -> Outcome<Grants> {
    Ok(db::admins::find(view.on, owner)
        .await?
        .ok_or(ServiceError::NotFound(Noun::Admin))?
        .profile
        .grants)
}

/// What is lacking, by field.
///
/// # Errors
/// The database's.
pub(crate) async fn faults(view: View<'_>, owner: &Admin, lack: &Lack) -> Outcome<FieldFaults> {
    let mut faults = FieldFaults::default();
    if lack.is_empty() {
        return Ok(faults);
    }
    let refused = || Fault::new(Code::NotGranted).with("owner", &owner.login_name);
    if !lack.php_configs.is_empty() {
        let all = db::php_configs::all(view.on).await?;
        let names = all
            .into_iter()
            .filter(|config| lack.php_configs.contains(&config.id))
            .map(|config| config.description);
        faults.push("allowed_phpconfigs", named(refused(), names));
    }
    if !lack.mysql_servers.is_empty() {
        let all = db::mysql_servers::all(view.on).await?;
        let names = all
            .into_iter()
            .filter(|server| lack.mysql_servers.contains(&server.id))
            .map(|server| server.name);
        faults.push("allowed_mysqlserver", named(refused(), names));
    }
    for (field, lacks) in [("shell_allowed", lack.shell), ("perlenabled", lack.perl)] {
        if lacks {
            faults.push(field, Fault { code: Code::NotGrantedSwitch, ..refused() });
        }
    }
    Ok(faults)
}

fn named(fault: Fault, names: impl Iterator<Item = String>) -> Fault {
    fault.with("names", names.collect::<Vec<_>>().join(", "))
}
