//! Customers' accounts on MySQL servers.
//!
//! On each administered server that a customer may use, the customer has an account with their
//! login name and password, for each host that the server allows. A change only enqueues a job. The
//! worker reads the target state when it runs the job.
//!
//! * [`store_password`], [`sync_after_change`], [`enqueue_drops`]: called in the transaction that
//!   changes a customer;
//! * [`enqueue_server_sync`]: called when a server was changed;
//! * [`mod@sync`]: the worker's part.

mod secrets;
pub mod sync;

pub(crate) use secrets::{admin_url, open_password};
pub use secrets::{store_admin_url, store_password};

use super::jobs::{self, Job};
use super::{Command, Outcome};
use db::jobs::NewJob;
use domain::customer::{Customer, FileRemoval};
use domain::id::{CustomerId, MysqlServerId};
use domain::mysql::DatabaseName;
use domain::secret::Secret;

/// Number of customers whose jobs are written in one transaction.
const BATCH: u64 = 200;

/// Enqueues a job for a customer's account on each of these servers that is administered. Replaces
/// jobs for the same account that are queued or were given up, since the new job reads the whole
/// target state.
async fn enqueue_for_servers(
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
    jobs::enqueue_replacing(cmd, &job, login_name).await
}

/// Enqueues jobs for the accounts of a customer who was added or changed. `before` is the customer
/// before the change.
pub async fn sync_after_change(
    cmd: Command<'_>,
    before: Option<&Customer>,
    after: &Customer,
) -> Outcome<()> {
    let new = &after.profile.mysql_servers;
    let servers: Vec<MysqlServerId> = match before {
        Some(before) if before.suspended == after.suspended => {
            let old = &before.profile.mysql_servers;
            new.iter()
                .filter(|id| !old.contains(id))
                .chain(old.iter().filter(|id| !new.contains(id)))
                .copied()
                .collect()
        }
        before => before
            .map_or(&Vec::new(), |before| &before.profile.mysql_servers)
            .iter()
            .chain(new)
            .copied()
            .collect(),
    };
    enqueue_for_servers(cmd, after.id, after.login_name.as_str(), &servers).await
}

/// Stores the passwords of customers who were added, and returns the jobs that create their
/// accounts.
pub async fn prepare_accounts<'a>(
    cmd: Command<'_>,
    customers: impl Iterator<Item = (&'a Customer, &'a Secret)>,
) -> Outcome<Vec<NewJob>> {
    let all = db::mysql_servers::all(cmd.tx).await?;
    let administered: Vec<MysqlServerId> =
        all.iter().filter(|server| server.administered).map(|server| server.id).collect();
    let (mut passwords, mut new_jobs) = (Vec::new(), Vec::new());
    for (customer, password) in customers {
        passwords.push((customer.id, secrets::seal_password(cmd, customer.id, password)?));
        let login_name = customer.login_name.as_str();
        for server in
            customer.profile.mysql_servers.iter().filter(|server| administered.contains(server))
        {
            let job = Job::SyncMysqlAccount {
                customer: customer.id,
                login_name: login_name.to_owned(),
                server: *server,
            };
            new_jobs.push(jobs::new_job(cmd, &job, login_name, None)?);
        }
    }
    db::mysql_accounts::insert_passwords(cmd.tx, passwords, cmd.at).await?;
    Ok(new_jobs)
}

/// Enqueues jobs for the accounts of a customer whose new password was stored by
/// [`store_password`].
pub async fn sync_after_password_change(cmd: Command<'_>, customer: &Customer) -> Outcome<()> {
    enqueue_for_servers(
        cmd,
        customer.id,
        customer.login_name.as_str(),
        &customer.profile.mysql_servers,
    )
    .await
}

/// Enqueues a job for a customer's account on one server.
pub async fn sync_one(cmd: Command<'_>, customer: &Customer, server: MysqlServerId) -> Outcome<()> {
    enqueue_for_servers(cmd, customer.id, customer.login_name.as_str(), &[server]).await
}

/// The accounts and databases of a customer who is being deleted. They are read before the
/// customer's rows are deleted, and dropped by jobs afterwards.
#[derive(Clone, Debug, Default)]
pub struct AccountsToDrop {
    servers: Vec<MysqlServerId>,
    databases: Vec<(MysqlServerId, Vec<DatabaseName>)>,
}

/// Returns the accounts that a customer may have on MySQL servers, and the customer's databases on
/// administered servers.
pub async fn find_to_drop(cmd: Command<'_>, customer: &Customer) -> Outcome<AccountsToDrop> {
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
    Ok(AccountsToDrop { servers, databases })
}

/// Enqueues jobs that drop the accounts of a deleted customer and, if the files are removed as
/// well, the databases.
pub async fn enqueue_drops(
    cmd: Command<'_>,
    customer: &Customer,
    to_drop: AccountsToDrop,
    files: FileRemoval,
) -> Outcome<()> {
    let name = customer.login_name.as_str();
    enqueue_for_servers(cmd, customer.id, name, &to_drop.servers).await?;
    if files == FileRemoval::Remove {
        for (server, databases) in to_drop.databases {
            let databases = databases.iter().map(|name| name.as_str().to_owned()).collect();
            let job = Job::DropMysqlDatabases {
                customer: customer.id,
                login_name: name.to_owned(),
                server,
                databases,
            };
            jobs::enqueue_replacing(cmd, &job, name).await?;
        }
    }
    Ok(())
}

/// Enqueues a job for the accounts of all customers who may use a server. Called when a server gets
/// an administration URL or other access hosts.
pub async fn enqueue_server_sync(
    cmd: Command<'_>,
    server: MysqlServerId,
    name: &str,
) -> Outcome<()> {
    jobs::enqueue_replacing(cmd, &Job::SyncMysqlServer { server }, name).await
}

/// Enqueues the jobs of the next customers after `after`. Returns the last of these customers, or
/// `None` at the end.
pub async fn sync_next(
    cmd: Command<'_>,
    server: MysqlServerId,
    after: CustomerId,
) -> Outcome<Option<CustomerId>> {
    let next = db::mysql_accounts::customers_allowed_on(cmd.tx, server, after, BATCH).await?;
    for (customer, name) in &next {
        enqueue(cmd, *customer, name, server).await?;
    }
    Ok(next.last().map(|(customer, _)| *customer))
}
