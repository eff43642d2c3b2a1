//! Makes a customer's account on a MySQL server what it should be.
//!
//! What should be is read, made so, and read again: whoever changed it meanwhile is not overlooked,
//! in whatever order jobs end. An account is noted in the database before it is made, and forgotten
//! after it was removed, so that it is always known which accounts are ours. One that is not is
//! never touched: a customer called like an account of the provider's must not get it.

use crate::context::JobContext;
use crate::error::JobError;
use crate::outage;
use anyhow::anyhow;
use db::mysql_accounts::{self, MysqlAccount, Wanted};
use db::mysql_admin::{Lock, NativeHash, Server, SqlAccount};
use db::{DbError, Tx};
use domain::id::{CustomerId, MysqlServerId};
use domain::mysql::AccessHost;
use services::mysql_accounts as service;
use services::outages::Dependency;

/// So often it is looked whether something changed meanwhile.
const ROUNDS: u32 = 5;

pub(super) async fn run(
    context: &JobContext,
    customer: CustomerId,
    login_name: &str,
    server: MysqlServerId,
) -> Result<(), JobError> {
    let sync = Sync { context, customer, server };
    let mut wanted = sync.wanted().await?;
    if wanted.is_none() && sync.known(login_name).await?.0.is_empty() {
        return Ok(());
    }
    let Some(mut remote) = open(context, server).await? else { return Ok(()) };
    for _ in 0..ROUNDS {
        match &wanted {
            Some((wanted, hosts)) => sync.make(&mut remote, wanted, hosts).await?,
            None => sync.remove(&mut remote, sync.known(login_name).await?.0).await?,
        }
        let now = sync.wanted().await?;
        if now == wanted {
            return Ok(());
        }
        wanted = now;
    }
    Err(JobError::TryAgain(anyhow!("The customer was changed again and again meanwhile")))
}

/// A connection to a server, if it is administered from here.
pub(super) async fn open(
    context: &JobContext,
    server: MysqlServerId,
) -> Result<Option<Server>, JobError> {
    let url = service::admin_url(&context.app.db.reader(), &context.app.env.sealer, server).await?;
    let Some(url) = url else { return Ok(None) };
    let what = Dependency::MysqlServer(server);
    match Server::open(&url).await {
        Ok(opened) => {
            outage::reached(context, what).await;
            Ok(Some(opened))
        }
        Err(error) => {
            let all = db::mysql_servers::all(&context.app.db.reader()).await?;
            let name = all
                .into_iter()
                .find(|known| known.id == server)
                .map(|known| known.name)
                .unwrap_or_default();
            outage::missed(context, what, &name, &error.to_string()).await;
            Err(error.into())
        }
    }
}

struct Sync<'a> {
    context: &'a JobContext,
    customer: CustomerId,
    server: MysqlServerId,
}

impl Sync<'_> {
    /// What should be: the account and its hosts.
    async fn wanted(&self) -> Result<Option<(Wanted, Vec<AccessHost>)>, DbError> {
        let on = self.context.app.db.reader();
        let Some(wanted) = mysql_accounts::wanted(&on, self.customer, self.server).await? else {
            return Ok(None);
        };
        let servers = db::mysql_servers::all(&on).await?;
        Ok(servers
            .into_iter()
            .find(|server| server.id == self.server)
            .map(|server| (wanted, server.access_hosts)))
    }

    /// The accounts that were made for him, and those of this name that were made for others.
    async fn known(&self, name: &str) -> Result<(Vec<MysqlAccount>, Vec<MysqlAccount>), DbError> {
        let known = mysql_accounts::on_server(
            &self.context.app.db.reader(),
            self.server,
            self.customer,
            name,
        )
        .await?;
        Ok(known.into_iter().partition(|account| account.customer == self.customer))
    }

    async fn make(
        &self,
        remote: &mut Server,
        wanted: &Wanted,
        hosts: &[AccessHost],
    ) -> Result<(), JobError> {
        // In this order: what another job makes meanwhile is noted before it is there.
        let there = remote.hosts_of(&wanted.name).await?;
        let (own, others) = self.known(&wanted.name).await?;
        let ours = |host: &str| {
            own.iter().chain(&others).any(|account| account.host.eq_ignore_ascii_case(host))
        };
        if let Some(foreign) = there.iter().find(|host| !ours(host)) {
            return Err(foreign_account(&wanted.name, foreign));
        }
        // Whoever had the name before is gone, and his account goes too: it is made anew.
        let (kept, surplus): (Vec<_>, Vec<_>) = own
            .into_iter()
            .partition(|account| hosts.iter().any(|host| host.as_str() == account.host));
        self.remove(remote, others.into_iter().chain(surplus).collect()).await?;
        let hash = match &wanted.sealed_password {
            Some(sealed) => {
                Some(service::password(&self.context.app.env.sealer, self.customer, sealed)?)
            }
            None => None,
        };
        let lock = if wanted.locked { Lock::Locked } else { Lock::Open };
        for host in hosts {
            let noted = kept.iter().any(|account| account.host == host.as_str());
            // Without his password no account can be made; it is made with his first new one.
            if noted || hash.is_some() {
                self.make_one(remote, wanted, host, noted, (hash.as_ref(), lock)).await?;
            }
        }
        if lock == Lock::Locked {
            remote.end_connections(&wanted.name).await?;
        }
        Ok(())
    }

    async fn make_one(
        &self,
        remote: &mut Server,
        wanted: &Wanted,
        host: &AccessHost,
        noted: bool,
        (hash, lock): (Option<&NativeHash>, Lock),
    ) -> Result<(), JobError> {
        let account = SqlAccount::at(&wanted.name, host)?;
        if !noted {
            let note = async |tx: &Tx| {
                mysql_accounts::note(tx, self.customer, self.server, &wanted.name, host.as_str())
                    .await
            };
            match self.context.app.db.write(note).await {
                Err(DbError::Taken(_)) => {
                    return Err(JobError::TryAgain(anyhow!(
                        "Somebody else just made this account"
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
    ) -> Result<(), JobError> {
        for account in accounts {
            let name = SqlAccount::new(&account.name, &account.host)?;
            remote.drop_account(&name).await?;
            remote.end_connections(&account.name).await?;
            let forgotten = self
                .context
                .app
                .db
                .write(async |tx: &Tx| mysql_accounts::forget(tx, &account).await)
                .await?;
            // Somebody removed it too, and whoever has the name now may have got his account
            // between the two.
            if !forgotten && account.customer != self.customer {
                return Err(JobError::TryAgain(anyhow!(
                    "The account is being removed by another job too"
                )));
            }
            if !forgotten {
                super::sync_mysql_server::look_at_holder(self.context, self.server, &account.name)
                    .await?;
            }
        }
        Ok(())
    }
}

fn foreign_account(name: &str, host: &str) -> JobError {
    let what = if host.is_empty() {
        format!("a role {name}")
    } else {
        format!("an account {name}@{host}")
    };
    JobError::GiveUp(anyhow!(
        "There is {what} on the server that was not made here, and it is not touched. Remove or rename it there, then try again"
    ))
}
