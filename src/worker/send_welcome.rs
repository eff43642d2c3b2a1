//! The first mail to a new customer: his login name and password.

use super::attempt::Bench;
use super::job::JobError;
use super::letters;
use crate::db::jobs::JobRow;
use crate::domain::id::CustomerId;
use crate::domain::secret::Secret;
use crate::mail::welcome::Welcome;

pub(super) async fn run(bench: &Bench, row: &JobRow, customer: CustomerId, password: Secret) -> Result<(), JobError> {
    let Some((customer, to)) = letters::customer(&bench.app.db.reader(), customer).await? else { return Ok(()) };
    let letter = Welcome {
        login_name: to.login_name.clone(),
        password,
        sign_in_url: letters::page(bench, "/login"),
        standard_subdomain: customer.standard_subdomain.map(|(_, name)| name),
    };
    letters::send(bench, row, to, &letter).await
}
