//! Tests whether a MySQL server can be administered.

use crate::{Env, Outcome, ServiceError, View, mysql_accounts};
use auth::actor::ServerAdmin;
use db::mysql_admin::{Server, ServerError};
use domain::id::MysqlServerId;
use domain::validation::{ErrorCode, ValidationError};

/// Connects to a server with its administration URL and returns the server's version. No
/// transaction may be open while it waits for the network.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown id; [`ServiceError::Refused`] with
/// `mysql-server-unadministered` or `mysql-server-unreachable` (`reason`, the text of the error);
/// [`ServiceError::Internal`] if the administration URL cannot be opened.
pub async fn probe(
    env: &Env,
    view: View<'_>,
    _by: &ServerAdmin,
    id: MysqlServerId,
) -> Outcome<String> {
    super::get(view, id).await?;
    let Some(url) = mysql_accounts::admin_url(view.on, &env.sealer, id).await? else {
        return Err(ServiceError::Refused(ValidationError::new(
            ErrorCode::MysqlServerUnadministered,
        )));
    };
    let version = async { Server::open(&url).await?.probe().await };
    let unreachable = |error: ServerError| {
        ServiceError::Refused(
            ValidationError::new(ErrorCode::MysqlServerUnreachable)
                .with("reason", error.to_string()),
        )
    };
    version.await.map_err(unreachable)
}
