//! `Admins.update`.

use super::add::check_email;
use super::requests::UpdateAdmin;
use super::rules;
use crate::audit::{self, Action, Change, Target};
use crate::credentials::{self, CredentialChange, CredentialOwner};
use crate::passwords::{self, ExemptFromRevocation, HashedPassword};
use crate::settings::ProviderSettings;
use crate::{Command, EntryPoint, Env, Outcome, ServiceError};
use auth::actor::{Actor, Reauthenticated, ServerAdmin};
use db::DbError;
use domain::admin::{Admin, AdminProfile, AdminRef};
use domain::email::Email;
use domain::password::Person;
use domain::request::Received;
use domain::secret::Secret;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};

/// A checked change of an admin, with the hashed new password.
#[derive(Clone, Debug, Default)]
pub struct AdminEdit {
    pub request: UpdateAdmin,
    /// The new password; `None` keeps the old one.
    pub password: Option<HashedPassword>,
    /// Proof that the editor knows their own password.
    pub proof: Option<Reauthenticated>,
    /// Digest of the session that survives a new password: the editor's own, if they edit their own
    /// account.
    pub kept_session: Option<String>,
}

impl AdminEdit {
    /// Returns the current password of the editor, as typed.
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
pub async fn prepare_edit(
    env: &Env,
    settings: &ProviderSettings,
    received: Received<UpdateAdmin>,
    login_name: &str,
) -> Outcome<AdminEdit> {
    let Received { mut request, mut errors } = received;
    let person =
        Person { login: Some(login_name), email: request.email.as_ref().map(Email::as_str) };
    passwords::check_sent(settings, "admin_password", &request.admin_password, person, &mut errors);
    errors.into_result(())?;
    let sent = std::mem::take(&mut request.admin_password);
    let password =
        passwords::prepare_sent(env, settings, "admin_password", sent, Some(login_name)).await?;
    Ok(AdminEdit { request, password, proof: None, kept_session: None })
}

/// Changes an admin. All changes are written together or not at all.
///
/// # Errors
/// [`ServiceError::NotFound`] if the admin does not exist; [`ServiceError::StaleOther`] if the
/// admin has changed since the editor read them; [`ServiceError::Invalid`] with the validation
/// errors by field.
pub async fn update(
    cmd: Command<'_>,
    by: &ServerAdmin,
    admin_ref: &AdminRef,
    edit: &AdminEdit,
) -> Outcome<Admin> {
    let before = super::read::find(cmd.view(), admin_ref).await?;
    if edit.request.version.as_ref().is_some_and(|version| *version != before.version) {
        return Err(ServiceError::StaleOther);
    }
    let suspended = edit.request.deactivated.as_ref().copied().unwrap_or(before.suspended);
    let mut profile = before.profile.clone();
    edit.request.apply(&mut profile);
    let mut errors = FieldErrors::default();
    if profile.email.key() != before.profile.email.key() {
        check_email(cmd, &profile.email, Some(before.id), &mut errors).await?;
    }
    require_password(cmd, by, &before, &profile, edit, &mut errors).await?;
    rules::check_quota(cmd, &before, &profile.quota, &mut errors).await?;
    rules::check_lost_grants(cmd, &before, &profile.grants, &mut errors).await?;
    rules::check_access_remains(cmd, by, &before, &profile, suspended, &mut errors).await?;
    errors.into_result(())?;
    if profile != before.profile || suspended != before.suspended || edit.password.is_some() {
        match db::admins::update(cmd.tx, &before, &profile, suspended, cmd.at).await {
            Err(DbError::UniqueViolation(_)) => {
                return Err(ServiceError::field(
                    "email",
                    ValidationError::new(ErrorCode::EmailExists),
                ));
            }
            // All limits were checked above, so another transaction has changed the admin since.
            Ok(false) => return Err(DbError::Conflict("admin changed meanwhile".to_owned()).into()),
            outcome => outcome?,
        };
    }
    if suspended && !before.suspended {
        db::sessions::end_all(cmd.tx, before.login, None).await?;
    }
    set_credentials(cmd, by, &before, &profile, edit).await?;
    let after = super::read::find(cmd.view(), &AdminRef::Id(before.id)).await?;
    record_change(cmd, by, &before, &after).await?;
    Ok(after)
}

/// Checks that the editor confirmed this change with their own password, if it sets a password or
/// an email address, or if it changes rights in a way that requires a confirmation.
async fn require_password(
    cmd: Command<'_>,
    by: &ServerAdmin,
    before: &Admin,
    profile: &AdminProfile,
    edit: &AdminEdit,
    errors: &mut FieldErrors,
) -> Outcome<()> {
    let is_own = before.id == by.manager().id();
    let [old, new] = [&before.profile, profile].map(rules::rights);
    let becomes_server_admin =
        profile.change_serversettings && !before.profile.change_serversettings;
    // In the panel, editors confirm every right that they gain themselves, and every change of
    // another admin's rights. Outside the panel, the only change of rights to be confirmed is that
    // an admin becomes a server admin.
    let changes_rights_in_panel = cmd.origin.entry_point == EntryPoint::Web
        && if is_own { rules::gains_right(old, new) } else { old != new };
    if edit.password.is_none()
        && profile.email.key() == before.profile.email.key()
        && !becomes_server_admin
        && !changes_rights_in_panel
    {
        return Ok(());
    }
    let owner = if is_own {
        CredentialOwner::Own
    } else if before.profile.change_serversettings || profile.change_serversettings {
        CredentialOwner::ServerAdmin
    } else {
        CredentialOwner::Manager
    };
    credentials::require_current_password(
        cmd,
        &Actor::Manager(by.manager().clone()),
        owner,
        edit.proof.as_ref(),
        errors,
    )
    .await
}

/// Sets the new password and email address. A new password revokes sessions, API keys and reset
/// links, and unlocks the account.
async fn set_credentials(
    cmd: Command<'_>,
    by: &ServerAdmin,
    admin: &Admin,
    profile: &AdminProfile,
    edit: &AdminEdit,
) -> Outcome<()> {
    let session = edit.kept_session.as_deref().filter(|_| admin.id == by.manager().id());
    let keep = ExemptFromRevocation { session, api_key: None };
    let change = CredentialChange {
        login: admin.login,
        name: admin.login_name.as_str(),
        field: "admin_password",
        password: edit.password.as_ref().map(|password| (password, keep)),
        password_is_emailed: false,
        old_email: &admin.profile.email,
        new_email: &profile.email,
    };
    let Some(revoked) = credentials::change(cmd, &change).await? else { return Ok(()) };
    let actor = Actor::Manager(by.manager().clone());
    audit::record(cmd, &actor, &Target::admin(admin), revoked.change(Action::AdminPasswordSet))
        .await
}

async fn record_change(
    cmd: Command<'_>,
    by: &ServerAdmin,
    before: &Admin,
    after: &Admin,
) -> Outcome<()> {
    let (old, new) = audit::difference(audit::admin_snapshot(before), audit::admin_snapshot(after));
    if new.is_empty() {
        return Ok(());
    }
    let action = match (before.suspended, after.suspended) {
        (false, true) => Action::AdminSuspended,
        (true, false) => Action::AdminResumed,
        _ => Action::AdminUpdated,
    };
    let change = Change { action, before: Some(old.into()), after: Some(new.into()) };
    audit::record(cmd, &Actor::Manager(by.manager().clone()), &Target::admin(after), change).await
}
