//! One function for each kind of mail.

use super::{Words, send};
use crate::context::JobContext;
use crate::error::JobError;
use anyhow::anyhow;
use domain::email::Email;
use domain::id::{CustomerId, LoginId};
use domain::job::StoredJob;
use domain::mail_text::MailKind;
use domain::secret::Secret;
use mail::in_text;
use mail::kinds::{EmailChanged, LoginNames, NewPassword, PasswordChanged, PasswordReset, Welcome};
use services::ServiceError;
use services::account::{self, MOST_LOGIN_NAMES};

/// The first mail to a new customer: login name and password.
pub(crate) async fn welcome(
    context: &JobContext,
    row: &StoredJob,
    customer: CustomerId,
    password: Secret,
) -> Result<(), JobError> {
    let Some(to) = super::customer(&context.app, customer).await? else {
        return Ok(());
    };
    let (sign_in_url, values) = sign_in_values(context, &password);
    let standard_subdomain = to.standard_subdomain();
    let letter =
        Welcome { login_name: to.login_name.clone(), password, sign_in_url, standard_subdomain };
    send(context, row, to, &letter, &Words { kind: MailKind::Welcome, values }).await
}

/// To a customer whose password a manager set.
pub(crate) async fn new_password(
    context: &JobContext,
    row: &StoredJob,
    customer: CustomerId,
    password: Secret,
) -> Result<(), JobError> {
    let Some(to) = super::customer(&context.app, customer).await? else {
        return Ok(());
    };
    let (sign_in_url, values) = sign_in_values(context, &password);
    let letter = NewPassword { login_name: to.login_name.clone(), password, sign_in_url };
    send(context, row, to, &letter, &Words { kind: MailKind::NewPassword, values }).await
}

/// Where the customer signs in, and what the admin's own wording of the mail may name.
fn sign_in_values(
    context: &JobContext,
    password: &Secret,
) -> (String, Vec<(&'static str, String)>) {
    let url = super::page(context, "/login");
    let values = vec![("PASSWORD", in_text(password)), ("LINK", url.clone())];
    (url, values)
}

/// A link for a lost password.
pub(crate) async fn password_reset(
    context: &JobContext,
    row: &StoredJob,
    login: LoginId,
    token: &Secret,
) -> Result<(), JobError> {
    let look = context.app.look().await?;
    let view = look.view();
    let Some(to) = super::account(&context.app, login).await? else { return Ok(()) };
    // The link holds from the moment it was asked for, however long the mail waited.
    let left =
        look.settings.reset_hours() * 3600 - (view.at.as_second() - row.created_at.as_second());
    if left <= 0 {
        return Err(JobError::GiveUp(anyhow!("The link expired before it could be sent")));
    }
    let link = super::page(context, &format!("/password/reset/{}", token.expose()));
    let hours = u32::try_from((left + 3599) / 3600).unwrap_or(1);
    let values = vec![("LINK", link.clone()), ("HOURS", hours.to_string())];
    match account::reset_target(view, token).await {
        // Another link was requested since, or the password was set: this one no longer works.
        Err(ServiceError::NotFound(_)) => return Ok(()),
        outcome => outcome.map(drop)?,
    }
    let letter =
        PasswordReset { login_name: to.login_name.clone(), link: Secret::new(link), hours };
    send(context, row, to, &letter, &Words { kind: MailKind::PasswordReset, values }).await
}

/// A notice that a password was changed, in case it was not its owner.
pub(crate) async fn password_changed(
    context: &JobContext,
    row: &StoredJob,
    login: LoginId,
) -> Result<(), JobError> {
    let Some(to) = super::account(&context.app, login).await? else { return Ok(()) };
    let forgot_url = super::page(context, "/password/forgot");
    let values = vec![("LINK", forgot_url.clone())];
    let letter =
        PasswordChanged { login_name: to.login_name.clone(), at: row.created_at, forgot_url };
    send(context, row, to, &letter, &Words { kind: MailKind::PasswordChanged, values }).await
}

/// A notice that the mail address of an account was changed, to the old and to the new address.
pub(crate) async fn email_changed(
    context: &JobContext,
    row: &StoredJob,
    login: LoginId,
    to: &str,
    (is_new, with_password): (bool, bool),
) -> Result<(), JobError> {
    let Some(account) = super::account(&context.app, login).await? else {
        return Ok(());
    };
    let letter = EmailChanged {
        login_name: account.login_name.clone(),
        at: row.created_at,
        is_new,
        with_password,
    };
    super::send_as_is(context, row, account.at(Email::stored(to.to_owned())), &letter).await
}

/// The login names of the accounts with a mail address, to somebody who forgot theirs.
pub(crate) async fn login_names(
    context: &JobContext,
    row: &StoredJob,
    to: &str,
    login: LoginId,
) -> Result<(), JobError> {
    let email = Email::stored(to.to_owned());
    let look = context.app.look().await?;
    let found = account::names_of(look.view(), &email, MOST_LOGIN_NAMES + 1).await?;
    let has_more = found.len() > MOST_LOGIN_NAMES;
    let names = found.into_iter().take(MOST_LOGIN_NAMES).map(|(_, name)| name).collect();
    let Some(person) = super::account(&context.app, login).await? else {
        return Ok(());
    };
    // Whoever asked typed an address; the mail goes to the one that is stored, if it still is the
    // same.
    if !person.is_at(&email) {
        return Ok(());
    }
    let (sign_in_url, forgot_url) =
        (super::page(context, "/login"), super::page(context, "/password/forgot"));
    let letter = LoginNames { names, has_more, sign_in_url, forgot_url };
    super::send_as_is(context, row, person, &letter).await
}
