//! Has the accounts of all customers on a MySQL server looked at.

use super::attempt::Bench;
use super::job::JobError;
use super::origin;
use domain::customer::CustomerRef;
use domain::id::{CustomerId, MysqlServerId};
use domain::scope::Scope;
use services::{Command, mysql_accounts};

pub(super) async fn run(bench: &Bench, server: MysqlServerId) -> Result<(), JobError> {
    let mut after = CustomerId(0);
    loop {
        if bench.stopping.is_cancelled() {
            return Err(JobError::Interrupted);
        }
        let next = bench.app.change(&origin(), async |cmd: Command<'_>| mysql_accounts::sync_next(cmd, server, after).await).await?;
        match next {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

/// Has the account of whoever bears this name now looked at.
pub(super) async fn look_at_holder(bench: &Bench, server: MysqlServerId, name: &str) -> Result<(), JobError> {
    let holder = db::customers::find(&bench.app.db.reader(), Scope::All, &CustomerRef::Login(name.to_owned())).await?;
    if let Some(holder) = holder {
        bench.app.change(&origin(), async |cmd: Command<'_>| mysql_accounts::sync_one(cmd, &holder, server).await).await?;
    }
    Ok(())
}
