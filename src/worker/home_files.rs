//! File work on homes, on a thread that may block, and whose a home is.

use crate::context::JobContext;
use crate::error::JobError;
use crate::homes::{HomeError, Homes};
use crate::outage;
use anyhow::anyhow;
use db::{DbError, Reader};
use domain::customer::CustomerRef;
use domain::scope::Scope;
use services::outages::Dependency;

/// Runs file work on a thread that may block.
pub(super) async fn at_homes<T: Send + 'static>(
    context: &JobContext,
    name: &str,
    work: impl FnOnce(&Homes, &str) -> Result<T, HomeError> + Send + 'static,
) -> Result<T, JobError> {
    let (root, name) = (context.app.env.homes_dir.clone(), name.to_owned());
    let done = tokio::task::spawn_blocking(move || {
        Homes::open(&root).and_then(|homes| work(&homes, &name))
    })
    .await;
    let done = done.map_err(|panic| JobError::TryAgain(anyhow!("The program failed ({panic})")))?;
    match &done {
        Ok(_) => outage::reached(context, Dependency::Homes).await,
        Err(error @ HomeError::Failed { .. }) => {
            outage::missed(context, Dependency::Homes, "", &error.to_string()).await;
        }
        Err(_) => {}
    }
    Ok(done?)
}

/// Whether the directory of this name belongs to a customer who is there now.
pub(super) async fn is_used(on: &Reader, login_name: &str) -> Result<bool, DbError> {
    let found =
        db::customers::find(on, Scope::All, &CustomerRef::Login(login_name.to_owned())).await?;
    Ok(found.is_some_and(|customer| customer.login_name.as_str() == login_name))
}
