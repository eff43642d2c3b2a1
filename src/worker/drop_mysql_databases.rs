//! Removes the databases of a deleted customer.

use super::sync_mysql_account::open;
use crate::context::JobContext;
use crate::error::JobError;
use db::mysql_accounts;
use domain::id::MysqlServerId;
use domain::mysql::DatabaseName;

pub(super) async fn run(
    context: &JobContext,
    server: MysqlServerId,
    names: &[String],
) -> Result<(), JobError> {
    let Some(mut remote) = open(context, server).await? else { return Ok(()) };
    for name in names.iter().filter_map(|name| DatabaseName::parse(name)) {
        if context.stopping.is_cancelled() {
            return Err(JobError::Interrupted);
        }
        // By now it may be somebody else's.
        if !mysql_accounts::is_owned(&context.app.db.reader(), server, &name).await? {
            remote.drop_database(&name).await?;
        }
    }
    Ok(())
}
