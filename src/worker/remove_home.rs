//! Removes the home of a deleted customer.

use super::attempt::Bench;
use super::create_home::at_homes;
use super::homes::Homes;
use super::job::JobError;
use db::jobs::JobRow;
use db::{self, DbError, Reader};
use domain::customer::CustomerRef;
use domain::scope::Scope;

pub(super) async fn run(bench: &Bench, row: &JobRow, login_name: &str) -> Result<(), JobError> {
    let mark = row.id.to_string();
    // Opened before anybody is asked whose it is: what a new customer of this name gets afterwards is another directory.
    let doomed = at_homes(bench, login_name, Homes::doomed).await?;
    if let Some(doomed) = doomed
        && !is_used(&bench.app.db.reader(), login_name).await?
    {
        let mark = mark.clone();
        at_homes(bench, login_name, move |homes, _| homes.put_aside(&doomed, &mark)).await?;
    }
    let stopping = bench.stopping.clone();
    at_homes(bench, login_name, move |homes, _| homes.remove_aside(&mark, &|| stopping.is_cancelled())).await?;
    Ok(())
}

/// Whether the directory of this name belongs to a customer who is there now.
pub(super) async fn is_used(on: &Reader, login_name: &str) -> Result<bool, DbError> {
    let found = db::customers::find(on, Scope::All, &CustomerRef::Login(login_name.to_owned())).await?;
    Ok(found.is_some_and(|customer| customer.login_name.as_str() == login_name))
}
