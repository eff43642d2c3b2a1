//! `Admins.add`: a new admin or reseller.

use super::requests::AddAdmin;
use super::rules;
use crate::audit::{self, Action, Change, Target};
use crate::credentials::{self, CredentialOwner};
use crate::machine::Machine;
use crate::passwords::{self, HashedPassword};
use crate::settings::ProviderSettings;
use crate::{Command, EntryPoint, Env, Outcome, ServiceError};
use auth::actor::{Actor, Reauthenticated, ServerAdmin};
use db::DbError;
use db::admins::NewAdminRow;
use db::logins::{self, LoginKind};
use domain::admin::{Admin, AdminProfile, AdminRef, AssignableQuota};
use domain::email::Email;
use domain::grants::Grants;
use domain::id::AdminId;
use domain::login_name::LoginName;
use domain::password::Person;
use domain::request::Received;
use domain::secret::Secret;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};

/// A checked request for a new admin, with the hashed password. [`add`] checks the rules that need
/// the database.
#[derive(Clone, Debug)]
pub struct NewAdmin {
    request: AddAdmin,
    login_name: LoginName,
    password: HashedPassword,
    /// Proof that the admin who adds knows their own password.
    pub proof: Option<Reauthenticated>,
}

impl NewAdmin {
    /// Returns the current password of the admin who adds, as typed.
    /// [`reauthenticate`](crate::sign_in::reauthenticate) turns it into a proof.
    #[must_use]
    pub fn current_password(&self) -> Option<&Secret> {
        self.request.current_password.as_ref()
    }
}

/// Checks the rules that need no transaction, and hashes the password. Hashing is slow, so it must
/// not run inside a transaction.
///
/// # Errors
/// Every validation error, including those found while the request was read.
pub async fn prepare(
    env: &Env,
    settings: &ProviderSettings,
    received: Received<AddAdmin>,
) -> Outcome<NewAdmin> {
    let Received { mut request, mut errors } = received;
    let typed = request.new_loginname.as_ref().map(|name| name.0.clone());
    let login_name = match typed.as_deref() {
        Some(typed) => {
            errors.value_or_add("new_loginname", check_login_name(env, settings, typed).await?)
        }
        None => None,
    };
    let person =
        Person { login: typed.as_deref(), email: request.email.as_ref().map(Email::as_str) };
    passwords::check_sent(settings, "admin_password", &request.admin_password, person, &mut errors);
    errors.into_result(())?;
    let Some(login_name) = login_name else {
        return Err(ServiceError::field(
            "new_loginname",
            ValidationError::new(ErrorCode::Required),
        ));
    };
    let typed = std::mem::take(&mut request.admin_password).value();
    let password =
        passwords::prepare(env, settings, "admin_password", typed, Some(login_name.as_str()))
            .await?;
    Ok(NewAdmin { request, login_name, password, proof: None })
}

/// Parses the login name of a new admin, and rejects the names of system accounts.
///
/// The name is looked up on this machine, so this must not run inside a transaction.
pub(super) async fn check_login_name(
    env: &Env,
    settings: &ProviderSettings,
    typed: &str,
) -> Outcome<Result<LoginName, ValidationError>> {
    let machine = Machine::of_typed(env, vec![typed.to_owned()]).await?;
    Ok(parse_login_name(typed, settings).and_then(|name| machine.reject_system_account(name)))
}

pub(super) fn parse_login_name(
    typed: &str,
    settings: &ProviderSettings,
) -> Result<LoginName, ValidationError> {
    if typed.is_empty() {
        return Err(ValidationError::new(ErrorCode::Required));
    }
    let name = LoginName::parse_admin(typed, &settings.login_name_rules())?;
    // `/admins/new` is the form for a new admin, so it cannot be the page of an admin, too.
    if name.key() == "new" {
        return Err(ValidationError::new(ErrorCode::LoginnameReserved));
    }
    Ok(name)
}

/// Adds an admin.
///
/// # Errors
/// [`ServiceError::Invalid`] with the validation errors by field.
pub async fn add(cmd: Command<'_>, by: &ServerAdmin, new: &NewAdmin) -> Outcome<Admin> {
    let Some(email) = new.request.email.as_ref().cloned() else {
        return Err(ServiceError::field("email", ValidationError::new(ErrorCode::Required)));
    };
    let mut errors = FieldErrors::default();
    if logins::is_taken(cmd.tx, new.login_name.as_str()).await? {
        errors.push("new_loginname", ValidationError::new(ErrorCode::LoginnameExists));
    }
    check_email(cmd, &email, None, &mut errors).await?;
    let mut profile = default_profile(cmd.settings, email);
    new.request.name.set(&mut profile.name);
    new.request.profile.apply(&mut profile);
    rules::check_grants_exist(cmd, &profile.grants, &mut errors).await?;
    require_password_for_rights(cmd, by, &profile, new, &mut errors).await?;
    errors.into_result(())?;
    let id = insert(cmd, &new.login_name, &new.password, &profile).await?;
    let admin = super::read::find(cmd.view(), &AdminRef::Id(id)).await?;
    let after = Some(audit::admin_snapshot(&admin).into());
    let change = Change { action: Action::AdminAdded, before: None, after };
    audit::record(cmd, &Actor::Manager(by.manager().clone()), &Target::admin(&admin), change)
        .await?;
    Ok(admin)
}

/// Inserts a login and its admin.
///
/// # Errors
/// [`ServiceError::Invalid`] if the login name or the email address was taken since it was checked.
pub(super) async fn insert(
    cmd: Command<'_>,
    login_name: &LoginName,
    password: &HashedPassword,
    profile: &AdminProfile,
) -> Outcome<AdminId> {
    let hash = &password.panel_hash;
    let inserted =
        logins::insert(cmd.tx, login_name.as_str(), LoginKind::Admin, hash, cmd.at).await;
    let login = inserted
        .map_err(|error| insert_error(error, "new_loginname", ErrorCode::LoginnameExists))?;
    let row = NewAdminRow { login, login_name, profile };
    let inserted = db::admins::insert(cmd.tx, &row, cmd.at).await;
    inserted.map_err(|error| insert_error(error, "email", ErrorCode::EmailExists))
}

/// Returns the service error for a failed insert. A violated constraint becomes a validation error
/// of the field.
fn insert_error(error: DbError, field: &'static str, code: ErrorCode) -> ServiceError {
    match error {
        DbError::UniqueViolation(_) => ServiceError::field(field, ValidationError::new(code)),
        error => error.into(),
    }
}

/// Requires the current password if the new admin is a server admin or, in the panel, sees all
/// customers. Otherwise a stolen session could create an account with the same rights, and a stolen
/// API key could create a server admin.
async fn require_password_for_rights(
    cmd: Command<'_>,
    by: &ServerAdmin,
    profile: &AdminProfile,
    new: &NewAdmin,
    errors: &mut FieldErrors,
) -> Outcome<()> {
    if profile.change_serversettings
        || (profile.customers_see_all && cmd.origin.entry_point == EntryPoint::Web)
    {
        let by = Actor::Manager(by.manager().clone());
        credentials::require_current_password(
            cmd,
            &by,
            CredentialOwner::ServerAdmin,
            new.proof.as_ref(),
            errors,
        )
        .await?;
    }
    Ok(())
}

/// Returns the profile of a new admin before the request is applied. The admin may use the panel
/// and has all grants, but has no quota and no other rights.
fn default_profile(settings: &ProviderSettings, email: Email) -> AdminProfile {
    AdminProfile {
        name: String::new(),
        email,
        language: settings.default_language(),
        theme: settings.default_theme(),
        gui_access: true,
        api_allowed: false,
        notes: String::new(),
        notes_shown: false,
        customers_see_all: false,
        change_serversettings: false,
        caneditphpsettings: false,
        quota: AssignableQuota::NONE,
        grants: Grants::ALL,
    }
}

/// Checks that no admin except `except` and no customer has this email address. Emails and reset
/// links that are sent to an admin's address must reach exactly one person.
pub(super) async fn check_email(
    cmd: Command<'_>,
    email: &Email,
    except: Option<AdminId>,
    errors: &mut FieldErrors,
) -> Outcome<()> {
    if db::admins::is_email_used(cmd.tx, email, except).await? {
        errors.push("email", ValidationError::new(ErrorCode::EmailExists));
    }
    if db::customers::is_email_used(cmd.tx, email).await? {
        errors.push("email", ValidationError::new(ErrorCode::EmailOfCustomer));
    }
    Ok(())
}
