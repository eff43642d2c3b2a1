//! Has the accounts of all customers on a MySQL server looked at.

use crate::context::JobContext;
use crate::context::origin;
use crate::error::JobError;
use domain::customer::CustomerRef;
use domain::id::{CustomerId, MysqlServerId};
use domain::scope::Scope;
use services::{Command, mysql_accounts};

pub(super) async fn run(context: &JobContext, server: MysqlServerId) -> Result<(), JobError> {
    let mut after = CustomerId(0);
    loop {
        if context.stopping.is_cancelled() {
            return Err(JobError::Interrupted);
        }
        let next = context
            .app
            .change(&origin(), async |cmd: Command<'_>| {
                mysql_accounts::sync_next(cmd, server, after).await
            })
            .await?;
        match next {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

/// Has the account of whoever bears this name now looked at.
pub(super) async fn look_at_holder(
    context: &JobContext,
    server: MysqlServerId,
    name: &str,
) -> Result<(), JobError> {
    let holder = db::customers::find(
        &context.app.db.reader(),
        Scope::All,
        &CustomerRef::Login(name.to_owned()),
    )
    .await?;
    if let Some(holder) = holder {
        context
            .app
            .change(&origin(), async |cmd: Command<'_>| {
                mysql_accounts::sync_one(cmd, &holder, server).await
            })
            .await?;
    }
    Ok(())
}
