//! Checks that owners assign only PHP configurations, MySQL servers, shell access and Perl that
//! they were granted themselves.
//!
//! As with limits, the owner's grants apply whichever manager makes the change. A customer keeps
//! assigned values that the owner was not granted.

use crate::{Command, Noun, Outcome, ServiceError, View};
use domain::admin::Admin;
use domain::customer::Profile;
use domain::grants::{Grants, MissingGrants};
use domain::id::AdminId;
use domain::mysql::MysqlServer;
use domain::php_config::PhpConfig;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};

/// Checks that the owner was granted all values that `after` adds to `before`.
///
/// Call it after reserving the owner's quota. The reservation locks the owner's row, so that no
/// other transaction can remove grants before the commit.
///
/// # Errors
/// [`ServiceError::Invalid`] with `not-granted` or `not-granted-switch` for each such field.
pub(super) async fn check(
    cmd: Command<'_>,
    owner: AdminId,
    before: Option<&Profile>,
    after: &Profile,
) -> Outcome<()> {
    let owner = read_locked_owner(cmd, owner).await?;
    check_locked(cmd, &owner, before, after).await
}

/// Returns the owner whose quota was reserved. Their row is locked.
pub(super) async fn read_locked_owner(cmd: Command<'_>, owner: AdminId) -> Outcome<Admin> {
    db::admins::find(cmd.tx, owner).await?.ok_or(ServiceError::NotFound(Noun::Admin))
}

/// Checks a customer as [`check`] does, for an owner whose row is already read and locked. Used for
/// many customers at once.
///
/// # Errors
/// [`ServiceError::Invalid`] with `not-granted` or `not-granted-switch` for each such field.
pub(super) async fn check_locked(
    cmd: Command<'_>,
    owner: &Admin,
    before: Option<&Profile>,
    after: &Profile,
) -> Outcome<()> {
    let missing = owner.profile.grants.missing_for(before, after);
    Ok(missing_grant_errors(cmd.view(), owner, &missing).await?.into_result(())?)
}

/// Returns the grants of an owner.
pub async fn grants_of(view: View<'_>, owner: AdminId) -> Outcome<Grants> {
    Ok(db::admins::find(view.on, owner)
        .await?
        .ok_or(ServiceError::NotFound(Noun::Admin))?
        .profile
        .grants)
}

/// Returns a validation error for each field with missing grants.
pub(crate) async fn missing_grant_errors(
    view: View<'_>,
    owner: &Admin,
    missing: &MissingGrants,
) -> Outcome<FieldErrors> {
    GrantNames::default().errors(view, owner, missing).await
}

/// The PHP configurations and MySQL servers that errors name. They are read with the first error,
/// once for any number of owners or customers.
#[derive(Debug, Default)]
pub(super) struct GrantNames(Option<(Vec<PhpConfig>, Vec<MysqlServer>)>);

impl GrantNames {
    /// Returns a validation error for each field with missing grants.
    pub async fn errors(
        &mut self,
        view: View<'_>,
        owner: &Admin,
        missing: &MissingGrants,
    ) -> Outcome<FieldErrors> {
        let mut errors = FieldErrors::default();
        if missing.is_empty() {
            return Ok(errors);
        }
        let known = match self.0.take() {
            Some(known) => known,
            None => (db::php_configs::all(view.on).await?, db::mysql_servers::all(view.on).await?),
        };
        let (php_configs, mysql_servers) = self.0.insert(known);
        let refused =
            || ValidationError::new(ErrorCode::NotGranted).with("owner", owner.login_name.as_str());
        if !missing.php_configs.is_empty() {
            let names = php_configs
                .iter()
                .filter(|config| missing.php_configs.contains(&config.id))
                .map(|config| config.description.as_str());
            errors.push("allowed_phpconfigs", with_names(refused(), names));
        }
        if !missing.mysql_servers.is_empty() {
            let names = mysql_servers
                .iter()
                .filter(|server| missing.mysql_servers.contains(&server.id))
                .map(|server| server.name.as_str());
            errors.push("allowed_mysqlserver", with_names(refused(), names));
        }
        for (field, is_missing) in [("shell_allowed", missing.shell), ("perlenabled", missing.perl)]
        {
            if is_missing {
                errors.push(
                    field,
                    ValidationError { code: ErrorCode::NotGrantedSwitch, ..refused() },
                );
            }
        }
        Ok(errors)
    }
}

fn with_names<'a>(error: ValidationError, names: impl Iterator<Item = &'a str>) -> ValidationError {
    error.with("names", names.collect::<Vec<_>>().join(", "))
}
