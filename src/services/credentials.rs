//! Changes of passwords and email addresses: the required current password, and notices by email.
//!
//! Every change of an existing account's password or email address goes through [`change`].

use super::jobs::{self, Job};
use super::passwords::{self, ExemptFromRevocation, HashedPassword, RevokedAccess};
use super::{Command, EntryPoint, Outcome};
use auth::actor::{Actor, Reauthenticated};
use domain::email::Email;
use domain::id::LoginId;
use domain::password::Person;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};

/// The account whose credentials a request changes, relative to the account that makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialOwner {
    /// The requester's own account.
    Own,
    /// Another server admin, or an account that is to become one.
    ServerAdmin,
    /// Another admin or reseller.
    Manager,
}

/// Checks that a change of credentials comes with the requester's current password. Without this
/// check, anyone with a stolen session could take over the account.
///
/// The command line is exempt, since its users can read the database itself. API keys belong to
/// programs, which have no password. So a customer's key may set that customer's password, and a
/// server admin's key may set those of resellers and admins who are not server admins. Through the
/// API, these changes require the password, too: managers' changes of their own credentials,
/// changes of a server admin's credentials, and changes that make an account a server admin.
///
/// The proof is valid only while the account still has the password that was verified. The
/// account's row is locked, so the password cannot change before the transaction ends.
///
/// Adds `current-password-required` or `old-password-wrong` to the validation errors of the field
/// `current_password`.
pub async fn require_current_password(
    cmd: Command<'_>,
    by: &Actor,
    owner: CredentialOwner,
    proof: Option<&Reauthenticated>,
    errors: &mut FieldErrors,
) -> Outcome<()> {
    let is_exempt = match (cmd.origin.entry_point, owner, by) {
        (EntryPoint::Cli | EntryPoint::Worker, ..)
        | (EntryPoint::Api, CredentialOwner::Manager, _)
        | (EntryPoint::Api, CredentialOwner::Own, Actor::Customer(_)) => true,
        (EntryPoint::Web | EntryPoint::Api, ..) => false,
    };
    if is_exempt {
        return Ok(());
    }
    let Some(proof) = proof.filter(|proof| proof.login() == by.login()) else {
        errors.push("current_password", ValidationError::new(ErrorCode::CurrentPasswordRequired));
        return Ok(());
    };
    let row = db::logins::lock_row(cmd.tx, by.login()).await?;
    if row.is_none_or(|row| row.stamp != *proof.stamp()) {
        errors.push("current_password", ValidationError::new(ErrorCode::OldPasswordWrong));
    }
    Ok(())
}

/// A change of an account's password or email address, or of both.
#[derive(Clone, Copy, Debug)]
pub struct CredentialChange<'a> {
    pub login: LoginId,
    /// Login name of the account.
    pub name: &'a str,
    /// Form field of the new password; its validation errors are reported there.
    pub field: &'static str,
    /// The new password, with the session and API key that stay valid.
    pub password: Option<(&'a HashedPassword, ExemptFromRevocation<'a>)>,
    /// Whether another email contains the new password, so that no notice about it is sent.
    pub password_is_emailed: bool,
    pub old_email: &'a Email,
    /// The address after the change. The caller writes it to the account's row.
    pub new_email: &'a Email,
}

impl CredentialChange<'_> {
    fn changes_email(&self) -> bool {
        self.old_email.key() != self.new_email.key()
    }
}

/// Sets the new password, if there is one, and returns the access that it revoked. Notices are sent
/// to the account's email address and, if the address changes, to the old one as well. A new
/// password or address revokes all password reset links of the account: each was sent to the old
/// address or requested for the old password.
///
/// # Errors
/// [`ServiceError::Invalid`](crate::ServiceError::Invalid) with the rules that the password breaks.
pub async fn change(
    cmd: Command<'_>,
    change: &CredentialChange<'_>,
) -> Outcome<Option<RevokedAccess>> {
    if let Some((password, _)) = change.password {
        // The policy was checked before the password was hashed. The login name and address that
        // the password must not contain are known only here.
        let person = Person { login: Some(change.name), email: Some(change.new_email.as_str()) };
        passwords::check(cmd.settings, change.field, &password.plain, person)?;
    }
    let revoked = match change.password {
        Some((password, keep)) => Some(passwords::set(cmd, change.login, password, keep).await?),
        None => None,
    };
    let login = change.login;
    if change.changes_email() {
        db::password_resets::remove(cmd.tx, login).await?;
        for (to, is_new) in [(change.old_email, false), (change.new_email, true)] {
            let job = Job::SendEmailChanged {
                login,
                to: to.to_string(),
                is_new,
                with_password: revoked.is_some(),
            };
            jobs::enqueue(cmd, &job, change.name, None).await?;
        }
    } else if revoked.is_some() && !change.password_is_emailed {
        jobs::enqueue(cmd, &Job::SendPasswordChanged { login }, change.name, None).await?;
    }
    Ok(revoked)
}
