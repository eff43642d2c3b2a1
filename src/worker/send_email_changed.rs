//! A notice that the mail address of an account was changed, to the old and to the new address.

use super::attempt::Bench;
use super::job::JobError;
use super::letters;
use db::jobs::JobRow;
use domain::email::Email;
use domain::id::LoginId;
use mail::email_changed::EmailChanged;

pub(super) async fn run(
    bench: &Bench,
    row: &JobRow,
    login: LoginId,
    to: &str,
    (is_new, with_password): (bool, bool),
) -> Result<(), JobError> {
    let Some(account) = letters::account(&bench.app.db.reader(), login).await? else { return Ok(()) };
    let letter = EmailChanged { login_name: account.login_name.clone(), at: row.created_at, is_new, with_password };
    letters::send_as_is(bench, row, account.at(Email::stored(to.to_owned())), &letter).await
}
