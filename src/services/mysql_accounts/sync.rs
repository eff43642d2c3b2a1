//! Brings a customer's account on a MySQL server into its target state.
//!
//! The target state is read, applied, and read again, so that a change in the meantime is not
//! missed, in whatever order jobs end. An account is recorded in the database before it is created,
//! and its record is removed after it was dropped. The records therefore include every account that
//! Clientele created.
//!
//! No other account is ever changed: a customer whose login name equals the name of one of the
//! provider's accounts must not get that account.

use crate::app::App;
use crate::mysql_servers::{RemoteError, connect};
use crate::{Command, Origin, Outcome, customers, mysql_accounts};
use anyhow::anyhow;
use db::mysql_admin::{Lock, NativeHash, Server, SqlAccount};
use db::{DbError, Tx};
use domain::id::{CustomerId, MysqlServerId};
use domain::mysql::{AccessHost, DatabaseName, MysqlAccount, WantedAccount};
use tokio_util::sync::CancellationToken;

/// Maximum number of times that the target state may change while it is applied.
const MAX_ROUNDS: u32 = 5;

/// Brings a customer's account on a server into its target state.
///
/// # Errors
/// The variant of [`RemoteError`] tells whether a later attempt may succeed.
pub async fn apply(
    app: &App,
    customer: CustomerId,
    login_name: &str,
    server: MysqlServerId,
) -> Result<(), RemoteError> {
    let sync = Sync { app, customer, server };
    let mut wanted = sync.target_account().await?;
    if wanted.is_none() && sync.recorded_accounts(login_name).await?.0.is_empty() {
        return Ok(());
    }
    let Some(mut remote) = connect(app, server).await? else { return Ok(()) };
    for _ in 0..MAX_ROUNDS {
        match &wanted {
            Some((wanted, hosts)) => sync.set_up(&mut remote, wanted, hosts).await?,
            None => sync.remove(&mut remote, sync.recorded_accounts(login_name).await?.0).await?,
        }
        let current = sync.target_account().await?;
        if current == wanted {
            return Ok(());
        }
        wanted = current;
    }
    Err(RemoteError::Retry(anyhow!("The customer was changed repeatedly in the meantime")))
}

/// Enqueues a job for every customer who may use a server, a batch in each transaction.
///
/// # Errors
/// [`RemoteError::Interrupted`] once `stopping` is cancelled.
pub async fn enqueue_all(
    app: &App,
    server: MysqlServerId,
    stopping: &CancellationToken,
) -> Result<(), RemoteError> {
    let mut after = CustomerId(0);
    loop {
        if stopping.is_cancelled() {
            return Err(RemoteError::Interrupted);
        }
        let next = app
            .change(&Origin::worker(), async |cmd: Command<'_>| {
                mysql_accounts::sync_next(cmd, server, after).await
            })
            .await?;
        match next {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

/// Drops the databases of a deleted customer. A database that belongs to another customer by now is
/// not dropped.
///
/// # Errors
/// [`RemoteError::Interrupted`] once `stopping` is cancelled. Other variants tell whether a later
/// attempt may succeed.
pub async fn drop_databases(
    app: &App,
    server: MysqlServerId,
    names: &[String],
    stopping: &CancellationToken,
) -> Result<(), RemoteError> {
    let Some(mut remote) = connect(app, server).await? else { return Ok(()) };
    for name in names.iter().filter_map(|name| DatabaseName::parse(name)) {
        if stopping.is_cancelled() {
            return Err(RemoteError::Interrupted);
        }
        if !db::mysql_accounts::is_owned(&app.db.reader(), server, &name).await? {
            remote.drop_database(&name).await?;
        }
    }
    Ok(())
}

struct Sync<'a> {
    app: &'a App,
    customer: CustomerId,
    server: MysqlServerId,
}

impl Sync<'_> {
    /// Returns the target account and its hosts, or `None` if the customer should have no account.
    async fn target_account(&self) -> Result<Option<(WantedAccount, Vec<AccessHost>)>, DbError> {
        let on = self.app.db.reader();
        let Some(wanted) =
            db::mysql_accounts::wanted_account(&on, self.customer, self.server).await?
        else {
            return Ok(None);
        };
        let server = db::mysql_servers::find(&on, self.server).await?;
        Ok(server.map(|server| (wanted, server.access_hosts)))
    }

    /// Returns two lists: the customer's recorded accounts, and other customers' recorded accounts
    /// with this name.
    async fn recorded_accounts(
        &self,
        name: &str,
    ) -> Result<(Vec<MysqlAccount>, Vec<MysqlAccount>), DbError> {
        let on = self.app.db.reader();
        let accounts =
            db::mysql_accounts::find_on_server(&on, self.server, self.customer, name).await?;
        Ok(accounts.into_iter().partition(|account| account.customer == self.customer))
    }

    async fn set_up(
        &self,
        remote: &mut Server,
        wanted: &WantedAccount,
        hosts: &[AccessHost],
    ) -> Result<(), RemoteError> {
        // Reads the server before the records. Every job records an account before it creates it,
        // so each account that Clientele created on the server is already recorded.
        let existing = remote.hosts_of(&wanted.name).await?;
        let (own, others) = self.recorded_accounts(&wanted.name).await?;
        let is_recorded = |host: &str| {
            own.iter().chain(&others).any(|account| account.host.eq_ignore_ascii_case(host))
        };
        if let Some(foreign) = existing.iter().find(|host| !is_recorded(host)) {
            return Err(foreign_account_error(&wanted.name, foreign));
        }
        // Accounts of a deleted customer who had the same name are dropped and created again.
        let (current, surplus): (Vec<_>, Vec<_>) = own
            .into_iter()
            .partition(|account| hosts.iter().any(|host| host.as_str() == account.host));
        self.remove(remote, others.into_iter().chain(surplus).collect()).await?;
        let hash = match &wanted.sealed_password {
            Some(sealed) => {
                Some(mysql_accounts::open_password(&self.app.env.sealer, self.customer, sealed)?)
            }
            None => None,
        };
        let lock = if wanted.locked { Lock::Locked } else { Lock::Unlocked };
        for host in hosts {
            let recorded = current.iter().any(|account| account.host == host.as_str());
            // Without a stored password, the account is created when the customer gets a new
            // password.
            if recorded || hash.is_some() {
                self.set_up_on_host(remote, wanted, host, recorded, (hash.as_ref(), lock)).await?;
            }
        }
        if lock == Lock::Locked {
            remote.end_connections(&wanted.name).await?;
        }
        Ok(())
    }

    async fn set_up_on_host(
        &self,
        remote: &mut Server,
        wanted: &WantedAccount,
        host: &AccessHost,
        recorded: bool,
        (hash, lock): (Option<&NativeHash>, Lock),
    ) -> Result<(), RemoteError> {
        let account = SqlAccount::at(&wanted.name, host)?;
        if !recorded {
            let (customer, server) = (self.customer, self.server);
            let record = async |tx: &Tx| {
                db::mysql_accounts::record(tx, customer, server, &wanted.name, host.as_str()).await
            };
            match self.app.db.write(record).await {
                Err(DbError::UniqueViolation(_)) => {
                    return Err(RemoteError::Retry(anyhow!(
                        "Another job has just created this account"
                    )));
                }
                outcome => outcome?,
            }
        }
        remote.set_account(&account, hash, lock).await?;
        for database in &wanted.databases {
            remote.grant(&account, database).await?;
        }
        Ok(())
    }

    async fn remove(
        &self,
        remote: &mut Server,
        accounts: Vec<MysqlAccount>,
    ) -> Result<(), RemoteError> {
        for account in accounts {
            let name = SqlAccount::new(&account.name, &account.host)?;
            remote.drop_account(&name).await?;
            remote.end_connections(&account.name).await?;
            let delete = async |tx: &Tx| db::mysql_accounts::delete(tx, &account).await;
            let was_deleted = self.app.db.write(delete).await?;
            // Another job dropped the account, too. In between, a job may have created an account
            // of the customer who has the name now, and this job dropped it.
            if !was_deleted && account.customer != self.customer {
                return Err(RemoteError::Retry(anyhow!("Another job removed the same account")));
            }
            if !was_deleted {
                self.sync_customer_named(&account.name).await?;
            }
        }
        Ok(())
    }

    /// Enqueues a job for the account of the customer who has this login name now.
    async fn sync_customer_named(&self, name: &str) -> Outcome<()> {
        let Some(customer) = customers::find_by_login_name(self.app, name).await? else {
            return Ok(());
        };
        self.app
            .change(&Origin::worker(), async |cmd: Command<'_>| {
                mysql_accounts::sync_one(cmd, &customer, self.server).await
            })
            .await
    }
}

fn foreign_account_error(name: &str, host: &str) -> RemoteError {
    let object = if host.is_empty() {
        format!("a role {name}")
    } else {
        format!("an account {name}@{host}")
    };
    RemoteError::GiveUp(anyhow!(
        "The server has {object} that Clientele did not create and does not change. Remove or rename it there, then try again"
    ))
}
