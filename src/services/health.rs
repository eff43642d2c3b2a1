//! What must hold of the data, whatever happened: counters equal sums, limits hold, every customer
//! is whole.

use super::app::App;
use super::{Outcome, View};
use domain::admin::{Admin, Assigned};
use domain::job::JobState;
use domain::resources::Resource;
use domain::scope::Scope;
use std::fmt;
use std::time::Duration;

/// What this process has asked of its database since the start.
#[derive(Clone, Copy, Debug)]
pub struct DatabaseLoad {
    /// Statements run.
    pub statements: u64,
    /// Statements that failed.
    pub failed: u64,
    /// Time that statements took in total.
    pub time: Duration,
    /// Open connections.
    pub connections: u32,
    /// Open connections that are not in use.
    pub idle: u32,
}

/// Returns what this process has asked of its database.
#[must_use]
pub fn database_load(app: &App) -> DatabaseLoad {
    let statements = app.db.statements();
    let (connections, idle) = app.db.connections();
    DatabaseLoad {
        statements: statements.count(),
        failed: statements.failed(),
        time: statements.time(),
        connections,
        idle,
    }
}

/// Whether the database answers, and has the schema of this program.
///
/// # Errors
/// The database's.
pub async fn has_current_schema(app: &App) -> Outcome<bool> {
    Ok(app.db.pending_migrations().await? == 0)
}

/// Something that should not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A counter of an admin is not the sum over his customers.
    Counter {
        /// His login name.
        admin: String,
        /// What is counted.
        what: &'static str,
        /// What the counter says.
        counter: u64,
        /// What the sum is.
        sum: u64,
    },
    /// An admin with a limit handed out without one.
    Unlimited {
        /// His login name.
        admin: String,
        /// Of what.
        resource: Resource,
    },
    /// Customers whose default FTP user is missing.
    WithoutFtp(u64),
    /// Jobs that were given up.
    FailedJobs(u64),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Counter { admin, what, counter, sum } => {
                write!(
                    f,
                    "the counter {what} of {admin} is {counter}, but his customers have {sum}"
                )
            }
            Self::Unlimited { admin, resource } => {
                write!(
                    f,
                    "{admin} has a limit for {}, but a customer of his has none",
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

/// Looks for everything that should not be.
///
/// # Errors
/// The database's.
pub async fn check(view: View<'_>) -> Outcome<Vec<Finding>> {
    let mut findings = Vec::new();
    let admins = db::health::admins_and_sums(view.on).await?;
    for (admin, sums) in &admins {
        counters(admin, sums, &mut findings);
    }
    for (id, resource) in db::health::unlimited_of_limited(view.on).await? {
        // Where mailboxes have no limit at all, none is handed out.
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
    let jobs = db::jobs::counts(view.on, Scope::All, None).await?;
    findings.extend(
        jobs.into_iter()
            .filter(|(state, n)| *state == JobState::Failed && *n > 0)
            .map(|(_, n)| Finding::FailedJobs(n)),
    );
    Ok(findings)
}

fn counters(admin: &Admin, sums: &Assigned, findings: &mut Vec<Finding>) {
    let counted = &admin.assigned;
    let resources = counted
        .amounts
        .iter()
        .map(|(resource, counter)| (resource.name(), counter, sums.amounts[resource]));
    let others = [
        ("customers", counted.customers, sums.customers),
        ("domains", counted.domains, sums.domains),
    ];
    for (what, counter, sum) in others.into_iter().chain(resources) {
        if counter != sum {
            findings.push(Finding::Counter {
                admin: admin.login_name.to_string(),
                what,
                counter,
                sum,
            });
        }
    }
}

/// Login names of customers whose homes were made by the jobs that ended last, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn homes_made(view: View<'_>, limit: u64) -> Outcome<Vec<String>> {
    Ok(db::health::homes_made(view.on, limit).await?)
}
