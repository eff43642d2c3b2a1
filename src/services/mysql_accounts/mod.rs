//! Customers' accounts on MySQL servers: on each server that is administered here and that a
//! customer may use, one of his login name, with his password, from each host that the server
//! admits. What should be is read when the worker makes it so; a change only says that somebody
//! must look.
//!
//! * [`keep_password`], [`changed`], [`deleted`]: called by whoever changes a customer, in his
//!   transaction;
//! * [`sync_all_on`]: when a server was changed;
//! * [`sync`]: what the worker does with it.

mod secrets;
pub mod sync;

pub(crate) use secrets::{admin_url, password};
pub use secrets::{keep_admin_url, keep_password};

use super::jobs::{self, Job};
use super::{Command, Outcome};
use db::jobs::NewJob;
use domain::customer::{Customer, Files};
use domain::id::{CustomerId, MysqlServerId};
use domain::mysql::DatabaseName;
use domain::secret::Secret;

/// Customers whose jobs are written in one transaction.
const BATCH: u64 = 200;

/// Says that a customer's accounts must be looked at, on those of these servers that are
/// administered. What waits already for the same is replaced: the new job reads everything anew.
///
/// # Errors
/// The database's.
async fn sync(
    cmd: Command<'_>,
    customer: CustomerId,
    login_name: &str,
    servers: &[MysqlServerId],
) -> Outcome<()> {
    if servers.is_empty() {
        return Ok(());
    }
    let all = db::mysql_servers::all(cmd.tx).await?;
    for server in all.iter().filter(|server| server.administered && servers.contains(&server.id)) {
        enqueue(cmd, customer, login_name, server.id).await?;
    }
    Ok(())
}

async fn enqueue(
    cmd: Command<'_>,
    customer: CustomerId,
    login_name: &str,
    server: MysqlServerId,
) -> Outcome<()> {
    let job = Job::SyncMysqlAccount { customer, login_name: login_name.to_owned(), server };
    jobs::enqueue_anew(cmd, &job, login_name).await
}

/// A customer was added or changed; `before` is how he was.
///
/// # Errors
/// The database's.
pub async fn changed(cmd: Command<'_>, before: Option<&Customer>, after: &Customer) -> Outcome<()> {
    let now = &after.profile.mysql_servers;
    let servers: Vec<MysqlServerId> = match before {
        Some(before) if before.suspended == after.suspended => {
            let was = &before.profile.mysql_servers;
            now.iter()
                .filter(|id| !was.contains(id))
                .chain(was.iter().filter(|id| !now.contains(id)))
                .copied()
                .collect()
        }
        before => before
            .map_or(&Vec::new(), |before| &before.profile.mysql_servers)
            .iter()
            .chain(now)
            .copied()
            .collect(),
    };
    sync(cmd, after.id, after.login_name.as_str(), &servers).await
}

/// Customers were added, with these passwords: keeps them, and gives the jobs that make their
/// accounts.
///
/// # Errors
/// The database's.
pub async fn added<'a>(
    cmd: Command<'_>,
    customers: impl Iterator<Item = (&'a Customer, &'a Secret)>,
) -> Outcome<Vec<NewJob>> {
    let all = db::mysql_servers::all(cmd.tx).await?;
    let administered: Vec<MysqlServerId> =
        all.iter().filter(|server| server.administered).map(|server| server.id).collect();
    let (mut kept, mut work) = (Vec::new(), Vec::new());
    for (customer, password) in customers {
        kept.push((customer.id, secrets::sealed_password(cmd, customer.id, password)?));
        let login_name = customer.login_name.as_str();
        for server in
            customer.profile.mysql_servers.iter().filter(|server| administered.contains(server))
        {
            let job = Job::SyncMysqlAccount {
                customer: customer.id,
                login_name: login_name.to_owned(),
                server: *server,
            };
            work.push(jobs::new_job(cmd, &job, login_name, None)?);
        }
    }
    db::mysql_accounts::insert_passwords(cmd.tx, kept, cmd.at).await?;
    Ok(work)
}

/// A customer has a new password, kept by [`keep_password`].
///
/// # Errors
/// The database's.
pub async fn password_changed(cmd: Command<'_>, customer: &Customer) -> Outcome<()> {
    sync(cmd, customer.id, customer.login_name.as_str(), &customer.profile.mysql_servers).await
}

/// Says that a customer's account on one server must be looked at.
///
/// # Errors
/// The database's.
pub async fn sync_one(cmd: Command<'_>, customer: &Customer, server: MysqlServerId) -> Outcome<()> {
    sync(cmd, customer.id, customer.login_name.as_str(), &[server]).await
}

/// What a customer who goes has on MySQL servers. It is read before his rows go, and removed
/// afterwards.
#[derive(Clone, Debug, Default)]
pub struct Left {
    servers: Vec<MysqlServerId>,
    databases: Vec<(MysqlServerId, Vec<DatabaseName>)>,
}

/// Looks what there is.
///
/// # Errors
/// The database's.
pub async fn left_by(cmd: Command<'_>, customer: &Customer) -> Outcome<Left> {
    let mut servers = db::mysql_accounts::servers_of(cmd.tx, customer.id).await?;
    servers.extend(&customer.profile.mysql_servers);
    let mut databases = Vec::new();
    for server in
        db::mysql_servers::all(cmd.tx).await?.into_iter().filter(|server| server.administered)
    {
        let names = db::mysql_accounts::databases(cmd.tx, customer.id, server.id).await?;
        if !names.is_empty() {
            databases.push((server.id, names));
        }
    }
    Ok(Left { servers, databases })
}

/// A customer is gone: his accounts go too, and his databases where his files do.
///
/// # Errors
/// The database's.
pub async fn deleted(
    cmd: Command<'_>,
    customer: &Customer,
    left: Left,
    files: Files,
) -> Outcome<()> {
    let name = customer.login_name.as_str();
    sync(cmd, customer.id, name, &left.servers).await?;
    if files == Files::Remove {
        for (server, databases) in left.databases {
            let databases = databases.iter().map(|name| name.as_str().to_owned()).collect();
            let job = Job::DropMysqlDatabases {
                customer: customer.id,
                login_name: name.to_owned(),
                server,
                databases,
            };
            jobs::enqueue_anew(cmd, &job, name).await?;
        }
    }
    Ok(())
}

/// A server can be administered now, or from elsewhere: every customer who may use it is looked at,
/// some at a time.
///
/// # Errors
/// The database's.
pub async fn sync_all_on(cmd: Command<'_>, server: MysqlServerId, name: &str) -> Outcome<()> {
    jobs::enqueue_anew(cmd, &Job::SyncMysqlServer { server }, name).await
}

/// Writes the jobs of the next customers after `after`; gives the last of them, and nothing at the
/// end.
///
/// # Errors
/// The database's.
pub async fn sync_next(
    cmd: Command<'_>,
    server: MysqlServerId,
    after: CustomerId,
) -> Outcome<Option<CustomerId>> {
    let next = db::mysql_accounts::allowed_on(cmd.tx, server, after, BATCH).await?;
    for (customer, name) in &next {
        enqueue(cmd, *customer, name, server).await?;
    }
    Ok(next.last().map(|(customer, _)| *customer))
}
