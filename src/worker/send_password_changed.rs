//! A notice that a password was changed, in case it was not its owner.

use super::attempt::Bench;
use super::job::JobError;
use super::letters::{self, Words};
use db::jobs::JobRow;
use domain::id::LoginId;
use domain::mail_text::MailKind;
use mail::password_changed::PasswordChanged;

pub(super) async fn run(bench: &Bench, row: &JobRow, login: LoginId) -> Result<(), JobError> {
    let Some(to) = letters::account(&bench.app.db.reader(), login).await? else { return Ok(()) };
    let forgot_url = letters::page(bench, "/password/forgot");
    let values = vec![("LINK", forgot_url.clone())];
    let letter = PasswordChanged { login_name: to.login_name.clone(), at: row.created_at, forgot_url };
    letters::send(bench, row, to, &letter, &Words { kind: MailKind::PasswordChanged, values }).await
}
