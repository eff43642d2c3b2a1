//! Admins that nobody signed in makes: the very first one, and those made at the command line.

use crate::audit::{self, Action, Change, Target};
use crate::passwords::Prepared;
use crate::{Command, Noun, Outcome, ServiceError};
use db::DbError;
use db::admins::NewRow;
use db::logins::{self, LoginKind};
use domain::admin::{Admin, AdminProfile, Allowance};
use domain::email::Email;
use domain::fault::{Code, Fault, FieldFaults};
use domain::grants::Grants;
use domain::login_name::LoginName;

/// An admin to be made.
#[derive(Clone, Debug)]
pub struct FirstAdmin {
    /// His login name.
    pub login_name: String,
    /// His address.
    pub email: Email,
    /// A reseller: he sees his own customers only and changes no settings, but nothing limits him.
    pub reseller: bool,
    /// His password.
    pub password: Prepared,
}

/// Makes an admin whom nothing limits.
///
/// # Errors
/// [`ServiceError::Invalid`] when name or address are taken or wrong.
pub async fn create_first(cmd: Command<'_>, new: &FirstAdmin) -> Outcome<Admin> {
    let parsed = LoginName::parse_admin(&new.login_name, &cmd.settings.login_name_rules());
    let login_name = parsed.map_err(|fault| ServiceError::field("new_loginname", fault))?;
    let mut faults = FieldFaults::default();
    super::add::check_email(cmd, &new.email, None, &mut faults).await?;
    faults.or(())?;
    let login = match logins::insert(
        cmd.tx,
        login_name.as_str(),
        LoginKind::Admin,
        &new.password.panel_hash,
        cmd.at,
    )
    .await
    {
        Err(DbError::Taken(_)) => {
            return Err(ServiceError::field("new_loginname", Fault::new(Code::LoginnameExists)));
        }
        outcome => outcome?,
    };
    let profile = AdminProfile {
        // Admins have a name: without one, the form that changes them could not be saved.
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
        allowance: Allowance::UNLIMITED,
        grants: Grants::ALL,
    };
    let row = NewRow { login, login_name: &login_name, profile: &profile };
    let id = match db::admins::insert(cmd.tx, &row, cmd.at).await {
        Err(DbError::Taken(_)) => {
            return Err(ServiceError::field("email", Fault::new(Code::EmailExists)));
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
