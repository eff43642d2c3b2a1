//! Noting what cannot be reached, where it is reached for: the same rule for mails, homes and MySQL
//! servers.

use crate::context::JobContext;
use crate::context::origin;
use services::outages::{self, Dependency};
use services::{Command, ServiceError};

/// It was reached. Where it could not be before, the banner goes and what waited is tried at once.
pub(super) async fn reached(context: &JobContext, what: Dependency) {
    let noted = async {
        let look = context.app.look().await?;
        if !outages::is_noted(look.view(), what).await? {
            return Ok(None);
        }
        context
            .app
            .change(&origin(), async |cmd: Command<'_>| {
                Ok::<_, ServiceError>(outages::end(cmd, what).await?)
            })
            .await
    };
    match noted.await {
        Ok(None) => {}
        Ok(Some(jobs)) => {
            tracing::info!(what = what.key(), jobs, "reached again; what waited for it goes on");
        }
        Err(error) => tracing::warn!(%error, "the end of an outage could not be noted"),
    }
}

/// It could not be reached.
pub(super) async fn missed(context: &JobContext, what: Dependency, name: &str, reason: &str) {
    let note = async |cmd: Command<'_>| {
        Ok::<_, ServiceError>(outages::begin(cmd, what, name, reason).await?)
    };
    if let Err(error) = context.app.change(&origin(), note).await {
        tracing::warn!(%error, "an outage could not be noted");
    }
}
