//! File work on home directories, on blocking threads.

use crate::context::JobContext;
use crate::error::JobError;
use files::homes::{HomeError, Homes};
use services::outages::{self, Dependency};

/// Runs file work on a blocking thread. Records the start or end of an outage of the home
/// directories.
pub(super) async fn with_homes<T: Send + 'static>(
    context: &JobContext,
    name: &str,
    work: impl FnOnce(&Homes, &str) -> Result<T, HomeError> + Send + 'static,
) -> Result<T, JobError> {
    let (root, name) = (context.app.env.homes_dir.clone(), name.to_owned());
    let outcome = tokio::task::spawn_blocking(move || {
        Homes::open(&root).and_then(|homes| work(&homes, &name))
    })
    .await?;
    match &outcome {
        Ok(_) => outages::record_reachable(&context.app, Dependency::Homes).await,
        Err(error @ HomeError::Failed { .. }) => {
            outages::record_unreachable(&context.app, Dependency::Homes, "", &error.to_string())
                .await;
        }
        Err(_) => {}
    }
    Ok(outcome?)
}
