//! Health of an installation: the load and the schema of the database, and checks for problems
//! (counters equal sums, limits hold, every customer has a default FTP user, no job was given up).

use super::app::App;
use super::{Outcome, View};
use domain::admin::{Admin, Assigned};
use domain::job::JobState;
use domain::resources::Resource;
use domain::scope::Scope;
use std::fmt;
use std::time::Duration;

/// Use of the database by this process: statements since its start, and current connections.
#[derive(Clone, Copy, Debug)]
pub struct DatabaseLoad {
    /// Number of statements, including failed ones.
    pub statements: u64,
    /// Number of statements that failed.
    pub failed: u64,
    /// Total time that statements took.
    pub time: Duration,
    /// Open connections.
    pub connections: u32,
    /// Open connections that are not in use.
    pub idle: u32,
}

/// Returns this process's use of its database.
#[must_use]
pub fn database_load(app: &App) -> DatabaseLoad {
    let statements = app.db.statements();
    let (connections, idle) = app.db.connections();
    DatabaseLoad {
        statements: statements.count(),
        failed: statements.failed(),
        time: statements.total_duration(),
        connections,
        idle,
    }
}

/// Returns whether the database has every migration of this program. Fails if the database does not
/// respond.
pub async fn has_current_schema(app: &App) -> Outcome<bool> {
    Ok(app.db.pending_migrations().await? == 0)
}

/// A problem that a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A counter of an admin differs from the sum over the admin's customers.
    Counter {
        /// Login name.
        admin: String,
        /// Name of the counter.
        name: &'static str,
        /// Stored value.
        stored: u64,
        sum: u64,
    },
    /// An admin with a limit has assigned unlimited quota.
    Unlimited {
        /// Login name.
        admin: String,
        resource: Resource,
    },
    /// Number of customers without a default FTP user.
    WithoutFtp(u64),
    /// Number of jobs that were given up.
    FailedJobs(u64),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Counter { admin, name, stored, sum } => {
                write!(
                    f,
                    "the counter {name} of {admin} is {stored}, but their customers have {sum}"
                )
            }
            Self::Unlimited { admin, resource } => {
                write!(
                    f,
                    "{admin} has a limit for {}, but one of their customers has none",
                    resource.name()
                )
            }
            Self::WithoutFtp(1) => f.write_str("1 customer has no default FTP user"),
            Self::WithoutFtp(n) => write!(f, "{n} customers have no default FTP user"),
            Self::FailedJobs(1) => f.write_str("1 job was given up: see /jobs"),
            Self::FailedJobs(n) => write!(f, "{n} jobs were given up: see /jobs"),
        }
    }
}

/// Runs all checks and returns the problems.
pub async fn check(view: View<'_>) -> Outcome<Vec<Finding>> {
    let mut findings = Vec::new();
    let admins = db::health::admins_with_sums(view.on).await?;
    for (admin, sums) in &admins {
        compare_counters(admin, sums, &mut findings);
    }
    for (id, resource) in db::health::unlimited_customers_of_limited_admins(view.on).await? {
        // With mailbox quotas turned off, no mailbox has a limit, so unlimited is not a finding.
        if resource == Resource::EmailQuota && !view.settings.mail_quota_enabled() {
            continue;
        }
        let admin = admins
            .iter()
            .find(|(admin, _)| admin.id == id)
            .map_or_else(|| id.to_string(), |(admin, _)| admin.login_name.to_string());
        findings.push(Finding::Unlimited { admin, resource });
    }
    match db::health::customers_without_ftp(view.on).await? {
        0 => {}
        n => findings.push(Finding::WithoutFtp(n)),
    }
    let jobs = db::jobs::count_by_state(view.on, Scope::All, None).await?;
    findings.extend(
        jobs.into_iter()
            .filter(|(state, n)| *state == JobState::Failed && *n > 0)
            .map(|(_, n)| Finding::FailedJobs(n)),
    );
    Ok(findings)
}

fn compare_counters(admin: &Admin, sums: &Assigned, findings: &mut Vec<Finding>) {
    let stored = &admin.assigned;
    let resources = stored
        .amounts
        .iter()
        .map(|(resource, stored)| (resource.name(), stored, sums.amounts[resource]));
    let others = [
        ("customers", stored.customers, sums.customers),
        ("domains", stored.domains, sums.domains),
    ];
    for (name, stored, sum) in others.into_iter().chain(resources) {
        if stored != sum {
            findings.push(Finding::Counter {
                admin: admin.login_name.to_string(),
                name,
                stored,
                sum,
            });
        }
    }
}

/// Returns the login names of customers whose home directories were created, those of the latest
/// jobs first; at most `limit`.
pub async fn recent_homes(view: View<'_>, limit: u64) -> Outcome<Vec<String>> {
    Ok(db::health::created_homes(view.on, limit).await?)
}

/// Returns whether the database lacks the index for searches of customers, so that searches are
/// slow.
pub async fn lacks_search_index(view: View<'_>) -> Outcome<bool> {
    Ok(db::health::lacks_search_index(view.on).await?)
}
