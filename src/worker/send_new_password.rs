//! To a customer whose password a manager set.

use super::attempt::Bench;
use super::job::JobError;
use super::letters;
use crate::db::jobs::JobRow;
use crate::domain::id::CustomerId;
use crate::domain::secret::Secret;
use crate::mail::new_password::NewPassword;

pub(super) async fn run(bench: &Bench, row: &JobRow, customer: CustomerId, password: Secret) -> Result<(), JobError> {
    let Some((_, to)) = letters::customer(&bench.app.db.reader(), customer).await? else { return Ok(()) };
    let letter = NewPassword { login_name: to.login_name.clone(), password, sign_in_url: letters::page(bench, "/login") };
    letters::send(bench, row, to, &letter).await
}
