//! A link for a lost password.

use super::attempt::Bench;
use super::job::JobError;
use super::letters::{self, Words};
use anyhow::anyhow;
use db::jobs::JobRow;
use domain::id::LoginId;
use domain::mail_text::MailKind;
use domain::secret::Secret;
use mail::password_reset::PasswordReset;
use services::{ServiceError, account};

pub(super) async fn run(bench: &Bench, row: &JobRow, login: LoginId, token: &Secret) -> Result<(), JobError> {
    let look = bench.app.look().await?;
    let view = look.view();
    let Some(to) = letters::account(view.on, login).await? else { return Ok(()) };
    // The link holds from the moment it was asked for, however long the mail waited.
    let left = look.settings.reset_hours() * 3600 - (view.at.as_second() - row.created_at.as_second());
    if left <= 0 {
        return Err(JobError::GiveUp(anyhow!("The link expired before it could be sent")));
    }
    let link = letters::page(bench, &format!("/password/reset/{}", token.expose()));
    let hours = u32::try_from((left + 3599) / 3600).unwrap_or(1);
    let values = vec![("LINK", link.clone()), ("HOURS", hours.to_string())];
    match account::reset_target(view, token).await {
        // He asked again, or has his password back: a link that no longer works would only puzzle him.
        Err(ServiceError::NotFound(_)) => return Ok(()),
        outcome => outcome.map(drop)?,
    }
    let letter = PasswordReset { login_name: to.login_name.clone(), link: Secret::new(link), hours };
    letters::send(bench, row, to, &letter, &Words { kind: MailKind::PasswordReset, values }).await
}
