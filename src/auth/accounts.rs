//! Reads accounts and creates their actors. The rows are read on every request, so a revoked
//! permission takes effect with the next request.
//!
//! The functions fail only if the database fails.

use crate::actor::{Actor, CustomerSelf, Manager};
use db::logins::{self, LoginKind};
use db::{DbError, Reader};
use domain::account::{Language, Theme};
use domain::customer::CustomerRef;
use domain::email::Email;
use domain::id::{AdminId, LoginId};
use domain::password_stamp::PasswordStamp;

/// An account with its actor, and the data that the panel shows about it.
#[derive(Clone, Debug)]
pub struct Account {
    pub actor: Actor,
    pub theme: Theme,
    /// Language of the panel and of emails.
    pub language: Language,
    /// Name as the panel shows it.
    pub name: String,
    pub email: Email,
    /// Whether the account can sign in to the panel.
    pub gui_access: bool,
    pub api_allowed: bool,
    /// A suspended account must not act.
    pub suspended: bool,
    /// The admin who acts as this customer; `None` if no admin does.
    pub impersonator: Option<Impersonator>,
}

/// An admin who acts as a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impersonator {
    pub admin: AdminId,
    pub login_name: String,
    /// The admin's language, for the link back to the admin's own account.
    pub language: Language,
}

/// Returns the stamp of an account's password; the empty stamp if the account does not exist.
///
/// Inside the transaction that sets a password, this is the stamp of the new password.
pub async fn password_stamp(on: &Reader, login: LoginId) -> Result<PasswordStamp, DbError> {
    Ok(logins::find(on, login).await?.map(|row| row.stamp).unwrap_or_default())
}

/// Returns the account of a session.
///
/// Returns `None` if the account does not exist, cannot use the panel or is suspended, or if
/// `stamp` is not that of its current password.
pub async fn find_in_session(
    on: &Reader,
    login: LoginId,
    stamp: &PasswordStamp,
) -> Result<Option<Account>, DbError> {
    let Some(row) = logins::find(on, login).await?.filter(|row| row.stamp == *stamp) else {
        return Ok(None);
    };
    let account = match row.kind {
        LoginKind::Admin => find_admin(on, login).await?,
        LoginKind::Customer => find_customer(on, login).await?,
    };
    Ok(account.filter(|account| account.gui_access && !account.suspended))
}

/// Returns a customer's account for an admin who acts as this customer.
///
/// Returns `None` unless the admin can use the panel, is not suspended, sees the customer, and
/// still has the password of `stamp`. The customer must not be suspended, but needs no access to
/// the panel.
pub async fn find_for_acting_admin(
    on: &Reader,
    admin: LoginId,
    customer: LoginId,
    stamp: &PasswordStamp,
) -> Result<Option<Account>, DbError> {
    let Some(Account { actor: Actor::Manager(manager), .. }) =
        find_in_session(on, admin, stamp).await?
    else {
        return Ok(None);
    };
    let Some(mut account) = find(on, customer).await?.filter(|account| !account.suspended) else {
        return Ok(None);
    };
    let Actor::Customer(customer) = &account.actor else { return Ok(None) };
    if db::customers::find(on, manager.scope(), &CustomerRef::Id(customer.id())).await?.is_none() {
        return Ok(None);
    }
    account.impersonator = Some(Impersonator {
        admin: manager.id(),
        login_name: manager.login_name().to_owned(),
        language: manager.language(),
    });
    Ok(Some(account))
}

/// Returns an account, suspended or not. The caller checks whether the account may act.
pub async fn find(on: &Reader, login: LoginId) -> Result<Option<Account>, DbError> {
    match find_admin(on, login).await? {
        Some(account) => Ok(Some(account)),
        None => find_customer(on, login).await,
    }
}

/// Returns an account if it can use the panel and is not suspended.
pub async fn find_for_panel(on: &Reader, login: LoginId) -> Result<Option<Account>, DbError> {
    Ok(find(on, login).await?.filter(|account| account.gui_access && !account.suspended))
}

async fn find_admin(on: &Reader, login: LoginId) -> Result<Option<Account>, DbError> {
    let Some(row) = db::admins::find_signed_in(on, login).await? else { return Ok(None) };
    let manager = Manager {
        id: row.id,
        login,
        login_name: row.login_name,
        sees_all: row.sees_all,
        changes_settings: row.changes_settings,
        language: row.language,
    };
    Ok(Some(Account {
        actor: Actor::Manager(manager),
        theme: row.theme,
        language: row.language,
        name: row.name,
        email: row.email,
        gui_access: row.gui_access,
        api_allowed: row.api_allowed,
        suspended: row.suspended,
        impersonator: None,
    }))
}

async fn find_customer(on: &Reader, login: LoginId) -> Result<Option<Account>, DbError> {
    let Some(row) = db::customers::find_signed_in(on, login).await? else { return Ok(None) };
    let customer =
        CustomerSelf { id: row.id, login, login_name: row.login_name, language: row.language };
    Ok(Some(Account {
        actor: Actor::Customer(customer),
        theme: row.theme,
        language: row.language,
        name: row.salutation,
        email: row.email,
        gui_access: row.gui_access,
        api_allowed: row.api_allowed,
        suspended: row.suspended,
        impersonator: None,
    }))
}

#[cfg(test)]
mod tests;
