//! Passwords and mail addresses of accounts: who may change them, and who is told.
//!
//! Every change of either goes through [`change`], whoever makes it.

use super::jobs::{self, Job};
use super::passwords::{self, Ended, Keep, Prepared};
use super::{Command, Door, Outcome};
use auth::actor::{Actor, Reauthenticated};
use domain::email::Email;
use domain::fault::{Code, Fault, FieldFaults};
use domain::id::LoginId;
use domain::password::Person;

/// Whose credentials somebody wants to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Their own.
    Own,
    /// Those of another server admin, or of an account that is to become one.
    ServerAdmin,
    /// Those of another admin or reseller.
    Manager,
}

/// Refuses a change of credentials without the current password of whoever makes it: a stolen
/// session must not become a stolen account.
///
/// Somebody at the shell has the database itself and is not asked. API keys belong to programs,
/// which have no password to hand: a customer's key sets that customer's password, and a server
/// admin's key sets those of admins below the server admins. The credentials of server admins, the
/// key's owner included, need the password there too, and so does making somebody a server admin.
///
/// The proof counts while the password that was shown is the account's: one that was replaced since
/// proves nothing. The account's row is locked, so that it stays so until the transaction ends.
///
/// Faults of the field `current_password`: `current-password-required`, `old-password-wrong`.
///
/// # Errors
/// The database's.
pub async fn require(
    cmd: Command<'_>,
    by: &Actor,
    whose: Whose,
    proof: Option<&Reauthenticated>,
    faults: &mut FieldFaults,
) -> Outcome<()> {
    let exempt = match (cmd.origin.door, whose, by) {
        (Door::Cli | Door::Worker, ..)
        | (Door::Api, Whose::Manager, _)
        | (Door::Api, Whose::Own, Actor::Customer(_)) => true,
        (Door::Web | Door::Api, ..) => false,
    };
    if exempt {
        return Ok(());
    }
    let Some(proof) = proof.filter(|proof| proof.login() == by.login()) else {
        faults.push("current_password", Fault::new(Code::CurrentPasswordRequired));
        return Ok(());
    };
    let row = db::logins::lock_row(cmd.tx, by.login()).await?;
    if row.is_none_or(|row| row.stamp != *proof.stamp()) {
        faults.push("current_password", Fault::new(Code::OldPasswordWrong));
    }
    Ok(())
}

/// A change of an account's credentials.
#[derive(Clone, Copy, Debug)]
pub struct CredentialChange<'a> {
    /// Whose.
    pub login: LoginId,
    /// The login name.
    pub name: &'a str,
    /// The field that the new password was typed into.
    pub field: &'static str,
    /// The new password, and what lives on after it.
    pub password: Option<(&'a Prepared, Keep<'a>)>,
    /// Whether another mail brings the new password, so that its receiver need not be told.
    pub password_is_mailed: bool,
    /// The address before.
    pub old_email: &'a Email,
    /// The address after; the account's row is written by the caller.
    pub new_email: &'a Email,
}

impl CredentialChange<'_> {
    fn moves_email(&self) -> bool {
        self.old_email.key() != self.new_email.key()
    }
}

/// Sets the password, if there is a new one, and tells the owner of the account by mail, at the old
/// and the new address. Links for a lost password end: they were sent to an address, or asked for
/// because of a password, that no longer holds.
///
/// # Errors
/// Faults of the field; the database's.
pub async fn change(cmd: Command<'_>, change: &CredentialChange<'_>) -> Outcome<Option<Ended>> {
    if let Some((password, _)) = change.password {
        // It was checked before it was hashed; here the names and addresses are known that it must
        // not be made of.
        let person = Person { login: Some(change.name), email: Some(change.new_email.as_str()) };
        passwords::check(cmd.settings, change.field, &password.plain, person)?;
    }
    let ended = match change.password {
        Some((password, keep)) => Some(passwords::set(cmd, change.login, password, keep).await?),
        None => None,
    };
    let login = change.login;
    if change.moves_email() {
        db::password_resets::end(cmd.tx, login).await?;
        for (to, is_new) in [(change.old_email, false), (change.new_email, true)] {
            let job = Job::SendEmailChanged {
                login,
                to: to.to_string(),
                is_new,
                with_password: ended.is_some(),
            };
            jobs::enqueue(cmd, &job, change.name, None).await?;
        }
    } else if ended.is_some() && !change.password_is_mailed {
        jobs::enqueue(cmd, &Job::SendPasswordChanged { login }, change.name, None).await?;
    }
    Ok(ended)
}
