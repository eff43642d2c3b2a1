//! Admins that are created without a signed-in account: the first admin, and admins created at the
//! command line.

use super::add;
use crate::audit::{self, Action, Change, Target};
use crate::passwords::HashedPassword;
use crate::settings::ProviderSettings;
use crate::{Command, Env, Noun, Outcome, ServiceError};
use domain::admin::{Admin, AdminProfile, AssignableQuota};
use domain::email::Email;
use domain::grants::Grants;
use domain::validation::FieldErrors;

/// An admin to be created.
#[derive(Clone, Debug)]
pub struct AdminToCreate {
    pub login_name: String,
    pub email: Email,
    /// A reseller sees only their own customers and changes neither server settings nor PHP
    /// settings. Their quota is unlimited, too.
    pub reseller: bool,
    pub password: HashedPassword,
}

/// Checks a login name that someone chose at the command line. The first start creates `admin`
/// without this check, even if a system account has that name.
///
/// The name is looked up on this machine, so this must not run inside a transaction.
///
/// # Errors
/// [`ServiceError::Invalid`] if the name is not valid, or belongs to a system account.
pub async fn check_login_name(env: &Env, settings: &ProviderSettings, typed: &str) -> Outcome<()> {
    let parsed = add::check_login_name(env, settings, typed).await?;
    parsed.map(drop).map_err(|error| ServiceError::field("new_loginname", error))
}

/// Creates an admin with unlimited quota.
///
/// # Errors
/// [`ServiceError::Invalid`] if the login name is not valid, or if an account has the login name or
/// the email address.
pub async fn create_as_system(cmd: Command<'_>, new: &AdminToCreate) -> Outcome<Admin> {
    let parsed = add::parse_login_name(&new.login_name, cmd.settings);
    let login_name = parsed.map_err(|error| ServiceError::field("new_loginname", error))?;
    let mut errors = FieldErrors::default();
    add::check_email(cmd, &new.email, None, &mut errors).await?;
    errors.into_result(())?;
    let profile = AdminProfile {
        // The edit form requires a name: without one, the form could not be saved.
        name: login_name.as_str().to_owned(),
        email: new.email.clone(),
        language: cmd.settings.default_language(),
        theme: cmd.settings.default_theme(),
        gui_access: true,
        api_allowed: true,
        notes: String::new(),
        notes_shown: false,
        customers_see_all: !new.reseller,
        change_serversettings: !new.reseller,
        caneditphpsettings: !new.reseller,
        quota: AssignableQuota::UNLIMITED,
        grants: Grants::ALL,
    };
    let id = add::insert(cmd, &login_name, &new.password, &profile).await?;
    let admin = db::admins::find(cmd.tx, id).await?.ok_or(ServiceError::NotFound(Noun::Admin))?;
    let after = Some(audit::admin_snapshot(&admin).into());
    audit::record_system(
        cmd,
        &Target::admin(&admin),
        Change { action: Action::AdminAdded, before: None, after },
    )
    .await?;
    Ok(admin)
}
