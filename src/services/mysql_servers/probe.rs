//! Whether a MySQL server can be administered.

use crate::{Env, Outcome, ServiceError, View, mysql_accounts};
use auth::actor::ServerAdmin;
use db::mysql_admin::{Server, ServerError};
use domain::fault::{Code, Fault};
use domain::id::MysqlServerId;

/// Signs in to a server by its administration URL, and gives its version. No transaction may be
/// open meanwhile.
///
/// # Errors
/// [`ServiceError::Refused`] with `mysql-server-unadministered` or `mysql-server-unreachable`
/// (`reason`, in the server's words).
pub async fn probe(
    env: &Env,
    view: View<'_>,
    _by: &ServerAdmin,
    id: MysqlServerId,
) -> Outcome<String> {
    super::get(view, id).await?;
    let Some(url) = mysql_accounts::admin_url(view.on, &env.sealer, id).await? else {
        return Err(ServiceError::Refused(Fault::new(Code::MysqlServerUnadministered)));
    };
    let version = async { Server::open(&url).await?.probe().await };
    let unreachable = |error: ServerError| {
        ServiceError::Refused(Fault::new(Code::MysqlServerUnreachable).with("reason", error))
    };
    version.await.map_err(unreachable)
}
