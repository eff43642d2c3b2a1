//! What the worker cannot reach at this moment, and whom that concerns.

use super::app::App;
use super::jobs::{self, kinds};
use super::{Command, Origin, Outcome, View};
use auth::actor::Manager;
use db::Key;
use domain::id::MysqlServerId;
use domain::job::Queue;
use jiff::Timestamp;

/// What jobs need beside the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependency {
    /// The way out for mails.
    Mail,
    /// The directory of the homes.
    Homes,
    /// A MySQL server.
    MysqlServer(MysqlServerId),
}

impl Dependency {
    fn code(self) -> String {
        match self {
            Self::Mail => "mail".to_owned(),
            Self::Homes => "homes".to_owned(),
            Self::MysqlServer(id) => format!("mysql/{id}"),
        }
    }

    fn parse(code: &str) -> Option<Self> {
        match code.split_once('/') {
            None if code == "mail" => Some(Self::Mail),
            None if code == "homes" => Some(Self::Homes),
            Some(("mysql", id)) => id.parse().ok().map(|id| Self::MysqlServer(MysqlServerId(id))),
            _ => None,
        }
    }

    /// What it is, for the keys of texts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Homes => "homes",
            Self::MysqlServer(_) => "mysql",
        }
    }

    /// Names of the kinds of jobs that need it.
    #[must_use]
    pub fn kinds(self) -> Vec<&'static str> {
        let queue: &Queue = match self {
            Self::Mail => &kinds::MAIL,
            Self::Homes => &kinds::HOMES,
            Self::MysqlServer(_) => &kinds::MYSQL,
        };
        kinds::of_queue(queue)
    }
}

/// Something that cannot be reached, as one manager is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    /// What it is.
    pub dependency: Dependency,
    /// What it is called, where there are several.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// Why; only for those who see everything, since it tells of the provider's machines.
    pub reason: Option<String>,
    /// How many jobs wait for it, of those that concern him.
    pub waiting: u64,
}

/// What cannot be reached. A reseller is told only of what his own customers wait for.
///
/// # Errors
/// The database's.
pub async fn notices(view: View<'_>, by: &Manager) -> Outcome<Vec<Outage>> {
    let rows = view.on.recent(Key::whole("outages"), db::outages::all).await?;
    let mut outages = Vec::new();
    for row in rows.iter() {
        // A newer program may know of more.
        let Some(dependency) = Dependency::parse(&row.what) else { continue };
        let waiting =
            db::jobs::stuck_of(view.on, by.scope(), jobs::late(view.at), &dependency.kinds())
                .await?;
        let waiting = waiting.iter().map(|(_, n)| n).sum();
        if waiting > 0 || by.sees_all() {
            let reason = by.sees_all().then(|| row.last_error.clone());
            outages.push(Outage {
                dependency,
                name: row.name.clone(),
                since: row.since,
                reason,
                waiting,
            });
        }
    }
    Ok(outages)
}

/// Notes that something cannot be reached.
async fn begin(cmd: Command<'_>, what: Dependency, name: &str, reason: &str) -> Outcome<()> {
    Ok(db::outages::note(cmd.tx, &what.code(), name, reason, cmd.at).await?)
}

/// Notes that it can be reached again: what waited for it goes on at once. Gives how many jobs that
/// were, or nothing where it had not been noted.
pub(crate) async fn end(cmd: Command<'_>, what: Dependency) -> Outcome<Option<u64>> {
    if !db::outages::clear(cmd.tx, &what.code()).await? {
        return Ok(None);
    }
    Ok(Some(db::jobs::hurry(cmd.tx, &what.kinds(), cmd.at).await?))
}

/// Whether it is noted as out of reach.
async fn is_noted(view: View<'_>, what: Dependency) -> Outcome<bool> {
    Ok(db::outages::is_noted(view.on, &what.code()).await?)
}

/// Notes that something was reached: a noted outage ends, and its jobs go on at once. What cannot be
/// noted is logged.
pub async fn reached(app: &App, what: Dependency) {
    let noted = async {
        if !is_noted(app.look().await?.view(), what).await? {
            return Ok(None);
        }
        app.change(&Origin::worker(), async |cmd: Command<'_>| end(cmd, what).await).await
    };
    match noted.await {
        Ok(None) => {}
        Ok(Some(jobs)) => {
            tracing::info!(what = what.key(), jobs, "reached again; what waited for it goes on");
        }
        Err(error) => tracing::warn!(%error, "the end of an outage could not be noted"),
    }
}

/// Notes that something cannot be reached. What cannot be noted is logged.
pub async fn unreachable(app: &App, what: Dependency, name: &str, reason: &str) {
    let note = async |cmd: Command<'_>| begin(cmd, what, name, reason).await;
    if let Err(error) = app.change(&Origin::worker(), note).await {
        tracing::warn!(%error, "an outage could not be noted");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_again() {
        for what in [Dependency::Mail, Dependency::Homes, Dependency::MysqlServer(MysqlServerId(3))]
        {
            assert_eq!(Dependency::parse(&what.code()), Some(what));
        }
        assert!(
            ["", "mysql", "mysql/x", "cloud"].iter().all(|code| Dependency::parse(code).is_none())
        );
    }
}
