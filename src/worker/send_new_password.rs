//! To a customer whose password a manager set.

use super::attempt::Bench;
use super::job::JobError;
use super::letters::{self, Words};
use db::jobs::JobRow;
use domain::id::CustomerId;
use domain::mail_text::MailKind;
use domain::secret::Secret;
use mail::in_text;
use mail::new_password::NewPassword;

pub(super) async fn run(bench: &Bench, row: &JobRow, customer: CustomerId, password: Secret) -> Result<(), JobError> {
    let Some(to) = letters::customer(&bench.app.db.reader(), customer).await? else { return Ok(()) };
    let sign_in_url = letters::page(bench, "/login");
    let values = vec![("PASSWORD", in_text(&password)), ("LINK", sign_in_url.clone())];
    let letter = NewPassword { login_name: to.login_name.clone(), password, sign_in_url };
    letters::send(bench, row, to, &letter, &Words { kind: MailKind::NewPassword, values }).await
}
