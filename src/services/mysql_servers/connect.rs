//! Administrative connections to MySQL servers.

use crate::app::App;
use crate::outages::{self, Dependency};
use crate::{Outcome, ServiceError, View, mysql_accounts};
use auth::seal::Sealer;
use db::DbError;
use db::mysql_admin::{Server, ServerError, Unquotable};
use domain::id::MysqlServerId;
use std::collections::HashMap;

/// The reason why work on a MySQL server failed. Admins read the text; it never contains a
/// password.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// A later attempt may succeed.
    #[error("{0:#}")]
    Retry(anyhow::Error),
    /// An admin has to act before another attempt.
    #[error("{0:#}")]
    GiveUp(anyhow::Error),
    #[error("the worker is stopping")]
    Interrupted,
    /// The database failed, or a secret cannot be opened.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<DbError> for RemoteError {
    fn from(error: DbError) -> Self {
        Self::Service(error.into())
    }
}

impl From<ServerError> for RemoteError {
    fn from(error: ServerError) -> Self {
        match error {
            ServerError::Unreachable(_) => {
                Self::Retry(anyhow::Error::new(error).context("The MySQL server cannot be reached"))
            }
            ServerError::Refused(_) => Self::Retry(
                anyhow::Error::new(error).context("The MySQL server rejected a statement"),
            ),
            ServerError::Unquotable(_) => Self::GiveUp(error.into()),
        }
    }
}

impl From<Unquotable> for RemoteError {
    fn from(error: Unquotable) -> Self {
        Self::GiveUp(error.into())
    }
}

/// Connects to a server, or returns `None` if it is not administered. Records the start or end of
/// an outage.
pub(crate) async fn connect(app: &App, id: MysqlServerId) -> Result<Option<Server>, RemoteError> {
    let on = app.db.reader();
    let url = mysql_accounts::admin_url(&on, &app.env.sealer, id).await?;
    let Some(url) = url else { return Ok(None) };
    let dependency = Dependency::MysqlServer(id);
    match Server::open(&url).await {
        Ok(server) => {
            outages::record_reachable(app, dependency).await;
            Ok(Some(server))
        }
        Err(error) => {
            let known = db::mysql_servers::find(&on, id).await?;
            let name = known.map(|server| server.name).unwrap_or_default();
            outages::record_unreachable(app, dependency, &name, &error.to_string()).await;
            Err(error.into())
        }
    }
}

/// Sizes of all databases of each administered server, in bytes by name; `None` for a server whose
/// databases could not be measured.
pub type DatabaseSizes = HashMap<MysqlServerId, Option<HashMap<String, u64>>>;

/// Reads the sizes of the databases of each administered server, by one query for each server.
pub async fn database_sizes(app: &App) -> Outcome<DatabaseSizes> {
    let mut sizes = DatabaseSizes::new();
    let servers = db::mysql_servers::all(&app.db.reader()).await?;
    for server in servers.into_iter().filter(|server| server.administered) {
        let query = async {
            Ok::<_, RemoteError>(match connect(app, server.id).await? {
                Some(mut remote) => Some(remote.database_sizes().await?),
                None => None,
            })
        };
        let found = match query.await {
            Ok(found) => found.map(|found| found.into_iter().collect()),
            Err(error) => {
                tracing::warn!(server = server.name, %error, "databases cannot be measured");
                None
            }
        };
        sizes.insert(server.id, found);
    }
    Ok(sizes)
}

/// Tests the administration URL of each administered server. Returns the names of the servers that
/// fail, with the reason.
pub async fn find_unreachable(view: View<'_>, sealer: &Sealer) -> Outcome<Vec<(String, String)>> {
    let mut failed = Vec::new();
    let servers = db::mysql_servers::all(view.on).await?;
    for server in servers.into_iter().filter(|server| server.administered) {
        let attempt = async {
            if let Some(url) = mysql_accounts::admin_url(view.on, sealer, server.id).await? {
                Server::open(&url).await?.probe().await?;
            }
            anyhow::Ok(())
        };
        if let Err(error) = attempt.await {
            failed.push((server.name, format!("{error:#}")));
        }
    }
    Ok(failed)
}
