//! The login names of the accounts with a mail address, to somebody who forgot theirs.

use super::attempt::Bench;
use super::job::JobError;
use super::letters;
use db::jobs::JobRow;
use domain::email::Email;
use domain::id::LoginId;
use mail::login_names::LoginNames;
use services::account::{self, MOST_LOGIN_NAMES};

pub(super) async fn run(bench: &Bench, row: &JobRow, to: &str, login: LoginId) -> Result<(), JobError> {
    let email = Email::stored(to.to_owned());
    let look = bench.app.look().await?;
    let found = account::names_of(look.view(), &email, MOST_LOGIN_NAMES + 1).await?;
    let has_more = found.len() > MOST_LOGIN_NAMES;
    let names = found.into_iter().take(MOST_LOGIN_NAMES).map(|(_, name)| name).collect();
    let Some(person) = letters::account(&bench.app.db.reader(), login).await? else { return Ok(()) };
    // Whoever asked typed an address; the mail goes to the one that is stored, if it still is the same.
    if !person.is_at(&email) {
        return Ok(());
    }
    let (sign_in_url, forgot_url) = (letters::page(bench, "/login"), letters::page(bench, "/password/forgot"));
    let letter = LoginNames { names, has_more, sign_in_url, forgot_url };
    letters::send_as_is(bench, row, person, &letter).await
}
