//! The jobs that send emails: one function for each kind of email.

use super::{TemplateValues, send};
use crate::context::JobContext;
use crate::error::JobError;
use anyhow::anyhow;
use domain::email::Email;
use domain::id::{CustomerId, LoginId};
use domain::job::StoredJob;
use domain::mail_text::MailKind;
use domain::secret::Secret;
use mail::kinds::{EmailChanged, LoginNames, NewPassword, PasswordChanged, PasswordReset, Welcome};
use mail::protect_whitespace;
use services::ServiceError;
use services::account::{self, MAX_LOGIN_NAMES};

/// Sends the login name and the password to a new customer.
pub(crate) async fn send_welcome(
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
    let template =
        Welcome { login_name: to.login_name.clone(), password, sign_in_url, standard_subdomain };
    send(context, row, to, &template, &TemplateValues { kind: MailKind::Welcome, values }).await
}

/// Sends a customer the password that a manager set.
pub(crate) async fn send_new_password(
    context: &JobContext,
    row: &StoredJob,
    customer: CustomerId,
    password: Secret,
) -> Result<(), JobError> {
    let Some(to) = super::customer(&context.app, customer).await? else {
        return Ok(());
    };
    let (sign_in_url, values) = sign_in_values(context, &password);
    let template = NewPassword { login_name: to.login_name.clone(), password, sign_in_url };
    send(context, row, to, &template, &TemplateValues { kind: MailKind::NewPassword, values }).await
}

/// Returns the URL of the sign-in page, and the values of the placeholders in an admin's own
/// template.
fn sign_in_values(
    context: &JobContext,
    password: &Secret,
) -> (String, Vec<(&'static str, String)>) {
    let url = super::page_url(context, "/login");
    let values = vec![("PASSWORD", protect_whitespace(password)), ("LINK", url.clone())];
    (url, values)
}

/// Sends a password reset link.
pub(crate) async fn send_password_reset(
    context: &JobContext,
    row: &StoredJob,
    login: LoginId,
    token: &Secret,
) -> Result<(), JobError> {
    let snapshot = context.app.open_view().await?;
    let view = snapshot.view();
    let Some(to) = super::account(&context.app, login).await? else { return Ok(()) };
    // The link's lifetime begins with the request, however long the email was queued.
    let remaining =
        snapshot.settings.reset_hours() * 3600 - (view.at.as_second() - row.created_at.as_second());
    if remaining <= 0 {
        return Err(JobError::GiveUp(anyhow!("The link expired before it could be sent")));
    }
    let link = super::page_url(context, &format!("/password/reset/{}", token.expose()));
    let hours = u32::try_from((remaining + 3599) / 3600).unwrap_or(1);
    match account::reset_target(view, token).await {
        // This link no longer works: another link was requested, the password was set, or the
        // account may no longer use it.
        Err(ServiceError::NotFound(_)) => return Ok(()),
        outcome => outcome.map(drop)?,
    }
    let template =
        PasswordReset { login_name: to.login_name.clone(), link: Secret::new(link.clone()), hours };
    let values = vec![
        ("LINK", link),
        ("HOURS", hours.to_string()),
        ("DURATION", template.duration(to.language)),
    ];
    send(context, row, to, &template, &TemplateValues { kind: MailKind::PasswordReset, values })
        .await
}

/// Notifies an account that its password was changed, in case someone else changed it.
pub(crate) async fn send_password_changed(
    context: &JobContext,
    row: &StoredJob,
    login: LoginId,
) -> Result<(), JobError> {
    let Some(to) = super::account(&context.app, login).await? else { return Ok(()) };
    let forgot_url = super::page_url(context, "/password/forgot");
    let values = vec![("LINK", forgot_url.clone())];
    let may_reset = to.is_customer() || context.app.open_view().await?.settings.admins_may_reset();
    let template = PasswordChanged {
        login_name: to.login_name.clone(),
        at: row.created_at,
        forgot_url: may_reset.then_some(forgot_url),
    };
    send(context, row, to, &template, &TemplateValues { kind: MailKind::PasswordChanged, values })
        .await
}

/// Notifies the old or the new address that the email address of an account was changed.
pub(crate) async fn send_email_changed(
    context: &JobContext,
    row: &StoredJob,
    login: LoginId,
    to: &str,
    (is_new, with_password): (bool, bool),
) -> Result<(), JobError> {
    let Some(account) = super::account(&context.app, login).await? else {
        return Ok(());
    };
    let template = EmailChanged {
        login_name: account.login_name.clone(),
        at: row.created_at,
        is_new,
        with_password,
    };
    super::send_template(context, row, account.with_email(Email::stored(to.to_owned())), &template)
        .await
}

/// Sends the login names of all accounts with an email address, to someone who forgot theirs.
pub(crate) async fn send_login_names(
    context: &JobContext,
    row: &StoredJob,
    to: &str,
    login: LoginId,
) -> Result<(), JobError> {
    let email = Email::stored(to.to_owned());
    let snapshot = context.app.open_view().await?;
    let found =
        account::find_login_names_by_email(snapshot.view(), &email, MAX_LOGIN_NAMES + 1).await?;
    let has_more = found.len() > MAX_LOGIN_NAMES;
    let names = found.into_iter().take(MAX_LOGIN_NAMES).map(|(_, name)| name).collect();
    let Some(recipient) = super::account(&context.app, login).await? else {
        return Ok(());
    };
    // `to` is the address that the requester typed. The email goes to the stored address, if it is
    // still the same.
    if !recipient.has_email(&email) {
        return Ok(());
    }
    let (sign_in_url, forgot_url) =
        (super::page_url(context, "/login"), super::page_url(context, "/password/forgot"));
    let template = LoginNames { names, has_more, sign_in_url, forgot_url };
    super::send_template(context, row, recipient, &template).await
}
