//! Outages: systems that the worker cannot reach at the moment, and the jobs that wait for them.

use super::app::App;
use super::jobs::{self, kinds};
use super::{Command, Origin, Outcome, View};
use auth::actor::Manager;
use db::Key;
use domain::id::MysqlServerId;
use domain::job::Queue;
use jiff::Timestamp;

/// A system that jobs depend on besides the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependency {
    /// The mail server, or the outbox directory.
    Mail,
    /// The root of the home directories.
    Homes,
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

    /// Returns the part of text keys that names this dependency.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Homes => "homes",
            Self::MysqlServer(_) => "mysql",
        }
    }

    /// Returns the names of the job kinds that depend on it. All MySQL servers have the same kinds.
    #[must_use]
    pub fn kinds(self) -> Vec<&'static str> {
        let queue: &Queue = match self {
            Self::Mail => &kinds::MAIL,
            Self::Homes => &kinds::HOMES,
            Self::MysqlServer(_) => &kinds::MYSQL,
        };
        kinds::kind_names_of_queue(queue)
    }
}

/// An outage as one manager sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    pub dependency: Dependency,
    /// Name of the MySQL server; empty for other dependencies.
    pub name: String,
    /// Start of the outage.
    pub since: Timestamp,
    /// Error text; only for managers who see all customers, since it may describe the provider's
    /// machines.
    pub reason: Option<String>,
    /// Number of jobs of the dependency's kinds in the manager's scope that are late or wait for a
    /// retry.
    pub waiting: u64,
}

/// Returns the current outages. Resellers see only those for which jobs of their own customers
/// wait.
pub async fn visible_outages(view: View<'_>, by: &Manager) -> Outcome<Vec<Outage>> {
    let rows = view.on.recent(Key::unscoped("outages"), db::outages::all).await?;
    let mut outages = Vec::new();
    for row in rows.iter() {
        // A newer version may have stored a dependency that this one does not know.
        let Some(dependency) = Dependency::parse(&row.service) else { continue };
        let waiting = db::jobs::count_overdue_by_kind(
            view.on,
            by.scope(),
            jobs::late_threshold(view.at),
            &dependency.kinds(),
        )
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

/// Ends an outage: all queued jobs of the dependency's kinds become due. Returns their number, or
/// `None` if there was no outage.
pub(crate) async fn end(cmd: Command<'_>, dependency: Dependency) -> Outcome<Option<u64>> {
    if !db::outages::clear(cmd.tx, &dependency.code()).await? {
        return Ok(None);
    }
    Ok(Some(db::jobs::make_delayed_due(cmd.tx, &dependency.kinds(), cmd.at).await?))
}

/// Records that a dependency was reached: a recorded outage ends, and its jobs become due. Logs a
/// failure of the database.
pub async fn record_reachable(app: &App, dependency: Dependency) {
    let recorded = async {
        if !db::outages::is_recorded(&app.db.reader(), &dependency.code()).await? {
            return Ok(None);
        }
        app.change(&Origin::worker(), async |cmd: Command<'_>| end(cmd, dependency).await).await
    };
    match recorded.await {
        Ok(None) => {}
        Ok(Some(jobs)) => {
            tracing::info!(
                what = dependency.key(),
                jobs,
                "reachable again; queued jobs are due now"
            );
        }
        Err(error) => tracing::warn!(%error, "the end of an outage could not be recorded"),
    }
}

/// Records that a dependency is unreachable. Logs a failure of the database.
pub async fn record_unreachable(app: &App, dependency: Dependency, name: &str, reason: &str) {
    let record = async |cmd: Command<'_>| {
        db::outages::record(cmd.tx, &dependency.code(), name, reason, cmd.at).await
    };
    if let Err(error) = app.change(&Origin::worker(), record).await {
        tracing::warn!(%error, "an outage could not be recorded");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependency_codes_round_trip() {
        for dependency in
            [Dependency::Mail, Dependency::Homes, Dependency::MysqlServer(MysqlServerId(3))]
        {
            assert_eq!(Dependency::parse(&dependency.code()), Some(dependency));
        }
        assert!(
            ["", "mysql", "mysql/x", "cloud"].iter().all(|code| Dependency::parse(code).is_none())
        );
    }
}
