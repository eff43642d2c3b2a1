//! Removes the home directory of a deleted customer.

use super::home_files::with_homes;
use crate::context::JobContext;
use crate::error::JobError;
use domain::job::StoredJob;
use files::homes::Homes;
use services::customers;

pub(super) async fn run(
    context: &JobContext,
    row: &StoredJob,
    login_name: &str,
) -> Result<(), JobError> {
    let mark = row.id.to_string();
    // The directory is opened before its owner is looked up. A new customer with this name who is
    // added afterwards gets another directory.
    let home = with_homes(context, login_name, Homes::open_for_removal).await?;
    if let Some(home) = home
        && !customers::home_belongs_to_customer(&context.app, login_name).await?
    {
        let mark = mark.clone();
        with_homes(context, login_name, move |homes, _| homes.rename_for_removal(&home, &mark))
            .await?;
    }
    let stopping = context.stopping.clone();
    with_homes(context, login_name, move |homes, _| {
        homes.remove_renamed(&mark, &|| stopping.is_cancelled())
    })
    .await?;
    Ok(())
}
