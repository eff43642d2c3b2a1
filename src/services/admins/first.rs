//! Admins that are created without a signed-in account: the first admin, and admins created at the
//! command line.

use crate::audit::{self, Action, Change, Target};
use crate::passwords::HashedPassword;
use crate::{Command, Noun, Outcome, ServiceError};
use db::DbError;
use db::admins::NewAdminRow;
use db::logins::{self, LoginKind};
use domain::admin::{Admin, AdminProfile, AssignableQuota};
use domain::email::Email;
use domain::grants::Grants;
use domain::login_name::LoginName;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};

/// An admin to be created.
#[derive(Clone, Debug)]
pub struct FirstAdmin {
    pub login_name: String,
    pub email: Email,
    /// A reseller sees only their own customers and changes no settings. Their quota is unlimited,
    /// too.
    pub reseller: bool,
    pub password: HashedPassword,
}

/// Creates an admin with unlimited quota.
///
/// # Errors
/// [`ServiceError::Invalid`] if the login name or the email address is taken or not valid.
pub async fn create_first(cmd: Command<'_>, new: &FirstAdmin) -> Outcome<Admin> {
    let parsed = LoginName::parse_admin(&new.login_name, &cmd.settings.login_name_rules());
    let login_name = parsed.map_err(|error| ServiceError::field("new_loginname", error))?;
    let mut errors = FieldErrors::default();
    super::add::check_email(cmd, &new.email, None, &mut errors).await?;
    errors.into_result(())?;
    let login = match logins::insert(
        cmd.tx,
        login_name.as_str(),
        LoginKind::Admin,
        &new.password.panel_hash,
        cmd.at,
    )
    .await
    {
        Err(DbError::UniqueViolation(_)) => {
            return Err(ServiceError::field(
                "new_loginname",
                ValidationError::new(ErrorCode::LoginnameExists),
            ));
        }
        outcome => outcome?,
    };
    let profile = AdminProfile {
        // The edit form requires a name: without one, it could not be saved.
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
    let row = NewAdminRow { login, login_name: &login_name, profile: &profile };
    let id = match db::admins::insert(cmd.tx, &row, cmd.at).await {
        Err(DbError::UniqueViolation(_)) => {
            return Err(ServiceError::field("email", ValidationError::new(ErrorCode::EmailExists)));
        }
        outcome => outcome?,
    };
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
