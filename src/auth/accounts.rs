//! From an account to the proof of who acts. The rows are read at every request: what was taken
//! away is gone at once.

use crate::actor::{Actor, CustomerSelf, Manager};
use db::logins::{self, LoginKind};
use db::{DbError, Reader};
use domain::account::{Language, Theme};
use domain::customer::CustomerRef;
use domain::email::Email;
use domain::id::{AdminId, LoginId};
use domain::password_stamp::PasswordStamp;

/// An account that may use the panel at this moment, and what the panel shows of it.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who acts.
    pub actor: Actor,
    /// Look of the panel.
    pub theme: Theme,
    /// Language of panel and mails.
    pub language: Language,
    /// Name of the account holder, as shown.
    pub name: String,
    /// E-mail address of the account.
    pub email: Email,
    /// Whether the account may sign in to the panel.
    pub gui_access: bool,
    /// Whether the account may use the API.
    pub api_allowed: bool,
    /// Whether the account is suspended. A suspended account may do nothing.
    pub suspended: bool,
    /// The admin who acts as this customer, if one does.
    pub acting: Option<Acting>,
}

/// An admin who acts as a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acting {
    /// Id of the admin.
    pub admin: AdminId,
    /// Login name of the admin.
    pub login_name: String,
    /// Language of the admin, for the link back.
    pub language: Language,
}

/// The stamp of an account's password. In the transaction that sets a password, it is the stamp of
/// the new one.
///
/// # Errors
/// The database's.
pub async fn password_stamp(on: &Reader, login: LoginId) -> Result<PasswordStamp, DbError> {
    Ok(logins::find(on, login).await?.map(|row| row.stamp).unwrap_or_default())
}

/// The account that a session belongs to, while it may use the panel and has the password that the
/// session began with.
///
/// # Errors
/// The database's.
pub async fn find_in_session(
    on: &Reader,
    login: LoginId,
    stamp: &PasswordStamp,
) -> Result<Option<Account>, DbError> {
    let Some(row) = logins::find(on, login).await?.filter(|row| row.stamp == *stamp) else {
        return Ok(None);
    };
    let account = match row.kind {
        LoginKind::Admin => admin(on, login).await?,
        LoginKind::Customer => customer(on, login).await?,
    };
    Ok(account.filter(|account| account.gui_access && !account.suspended))
}

/// The account of a customer as whom an admin acts, while the admin may use the panel, has the
/// password that `stamp` is of, and sees the customer. The customer's own access to the panel does
/// not matter for that; a suspended customer is left alone.
///
/// # Errors
/// The database's.
pub async fn find_acting(
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
    let Actor::Customer(who) = &account.actor else { return Ok(None) };
    if db::customers::find(on, manager.scope(), &CustomerRef::Id(who.id())).await?.is_none() {
        return Ok(None);
    }
    account.acting = Some(Acting {
        admin: manager.id(),
        login_name: manager.login_name().to_owned(),
        language: manager.language(),
    });
    Ok(Some(account))
}

/// The account of that login, suspended or not; the caller must look.
///
/// # Errors
/// The database's.
pub async fn find(on: &Reader, login: LoginId) -> Result<Option<Account>, DbError> {
    match admin(on, login).await? {
        Some(account) => Ok(Some(account)),
        None => customer(on, login).await,
    }
}

/// The account of that login, if it may use the panel.
///
/// # Errors
/// The database's.
pub async fn find_for_panel(on: &Reader, login: LoginId) -> Result<Option<Account>, DbError> {
    Ok(find(on, login).await?.filter(|account| account.gui_access && !account.suspended))
}

async fn admin(on: &Reader, login: LoginId) -> Result<Option<Account>, DbError> {
    let Some(facts) = db::admins::self_facts(on, login).await? else { return Ok(None) };
    let manager = Manager {
        id: facts.id,
        login,
        login_name: facts.login_name,
        sees_all: facts.sees_all,
        changes_settings: facts.changes_settings,
        language: facts.language,
    };
    Ok(Some(Account {
        actor: Actor::Manager(manager),
        theme: facts.theme,
        language: facts.language,
        name: facts.name,
        email: facts.email,
        gui_access: facts.gui_access,
        api_allowed: facts.api_allowed,
        suspended: facts.suspended,
        acting: None,
    }))
}

async fn customer(on: &Reader, login: LoginId) -> Result<Option<Account>, DbError> {
    let Some(facts) = db::customers::self_facts(on, login).await? else { return Ok(None) };
    let customer = CustomerSelf {
        id: facts.id,
        login,
        login_name: facts.login_name,
        language: facts.language,
    };
    Ok(Some(Account {
        actor: Actor::Customer(customer),
        theme: facts.theme,
        language: facts.language,
        name: facts.salutation,
        email: facts.email,
        gui_access: facts.gui_access,
        api_allowed: facts.api_allowed,
        suspended: facts.suspended,
        acting: None,
    }))
}
