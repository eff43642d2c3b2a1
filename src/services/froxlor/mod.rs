//! `import froxlor`: everything that our tables have a place for, out of the database of a Froxlor
//! 2.x panel.
//!
//! One transaction: all of it or nothing. A dry run is the same run, undone at the end, so that it
//! tells the truth. Ids, login names, UNIX ids and password hashes stay what they are. What is odd
//! stops nothing and is reported by table and id. Rows that are here already (same id, same name)
//! are left alone, so that a second run changes nothing; a row whose id or name is somebody else's
//! here is a conflict, and then nothing is written.

mod accounts;
mod admins;
mod copy;
mod customers;
mod databases;
mod domains;
mod finish;
mod ftp;
mod keys;
mod login_names;
mod mail;
mod measured;
mod numbers;
mod offers;
mod report;
mod settings;
#[cfg(test)]
mod tests;
mod texts;
mod values;

pub use report::{Conflict, Counts, Difference, Kind, Odd, Report};

use crate::settings::ProviderSettings;
use crate::{Command, Outcome, ServiceError};
use db::admins::Taking;
use db::froxlor::{Row, Source, Table, tables};
use db::{DbError, Transient};
use domain::customer::SpaceUsed;
use domain::id::AdminId;
use domain::resources::Amounts;
use login_names::LoginNames;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Rows that are read, and written, at a time.
const PAGE: u64 = 1_000;

/// Hears how far an import is.
pub trait Progress {
    /// So many rows of the table have been read, of so many.
    fn tell(&self, table: &'static str, done: u64, all: u64);
}

/// Why an import wrote nothing.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// It was not to write, or conflicts stand in its way: what it found.
    #[error("nothing was written")]
    Undone(Box<Report>),
    /// This is no panel database.
    #[error("there is no table {0}: this is not the database of a Froxlor panel")]
    NoPanel(&'static str),
    /// Something failed.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<DbError> for Stop {
    fn from(error: DbError) -> Self {
        Self::Service(error.into())
    }
}

impl Transient for Stop {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Service(error) if error.is_transient())
    }
}

/// Opens the database of a panel at `url` (`mysql://`), read only.
///
/// # Errors
/// When it cannot be reached.
pub async fn open(url: &str) -> Outcome<Source> {
    Ok(Source::open(url).await?)
}

/// Brings everything in.
///
/// # Errors
/// [`Stop::Undone`] after a dry run and where there are conflicts; then the transaction must be
/// undone.
pub async fn import(
    cmd: Command<'_>,
    source: &Source,
    dry_run: bool,
    progress: &dyn Progress,
) -> Result<Report, Stop> {
    for table in [&tables::ADMINS, &tables::CUSTOMERS, &tables::SETTINGS] {
        if !source.has(table) {
            return Err(Stop::NoPanel(table.name));
        }
    }
    let mut import = Import::new(cmd, source, progress);
    import.report.dry_run = dry_run;
    import.settings().await?;
    import.login_names().await?;
    import.first_admin().await?;
    import.admins().await?;
    import.php_configs().await?;
    import.plans().await?;
    import.customers().await?;
    import.domains().await?;
    import.ftp_users().await?;
    import.ftp_groups().await?;
    import.mail_users().await?;
    import.mail_addresses().await?;
    import.databases().await?;
    import.api_keys().await?;
    import.disk_usage().await?;
    import.traffic_usage().await?;
    import.finish().await?;
    let report = import.report;
    if dry_run || !report.conflicts.is_empty() {
        Err(Stop::Undone(Box::new(report)))
    } else {
        Ok(report)
    }
}

/// An import under way.
struct Import<'a> {
    cmd: Command<'a>,
    source: &'a Source,
    progress: &'a dyn Progress,
    report: Report,
    /// Our settings, with those that came over.
    settings: ProviderSettings,
    /// `system.lastguid` and `system.lastaccountnumber`.
    last_numbers: (i64, i64),
    login_names: LoginNames,
    /// The next UNIX id that nobody has.
    next_guid: i64,
    /// Takes over what belongs to no admin who exists.
    first_server_admin: Option<AdminId>,
    /// Logins of the admins who are here.
    admins: HashMap<i64, i64>,
    customers: HashMap<i64, Known>,
    /// Whose the domains are that are here.
    domains: HashMap<i64, i64>,
    /// Domains that were left out, by a conflict or as twins: what refers to them needs no line of
    /// its own.
    domains_out: HashSet<i64>,
    php_configs: HashSet<i64>,
    mysql_servers: HashSet<i64>,
    /// What admins have handed out by what is new.
    takings: BTreeMap<AdminId, Taking>,
    /// Counters of new admins as they were stored.
    stored: BTreeMap<AdminId, Vec<(String, i64)>>,
}

/// What must be known of a customer while his things are read. It is little, since it is kept for
/// all.
struct Known {
    owner: AdminId,
    login: i64,
    /// The name that he has there, in lower case.
    name: Box<str>,
    guid: i64,
    /// The UNIX id that he had there.
    old_guid: i64,
    suspended: bool,
    imap: bool,
    pop3: bool,
    /// The domain that is his standard subdomain.
    standard: i64,
    has_standard: bool,
    has_default_ftp: bool,
    /// Whether he came with this import.
    new: bool,
    /// Whether a conflict keeps him out, and all that is his.
    kept_out: bool,
    /// What came of his with this import.
    more: Amounts,
    /// Disk space as last measured, and when.
    measured: Option<(i64, SpaceUsed)>,
    /// The moment of his row before.
    last_measured: i64,
    /// His counters as they were stored.
    stored: [i64; 9],
}

/// Where reading a table is.
struct Pages {
    table: &'static Table,
    condition: &'static str,
    after: i64,
    done: u64,
    all: u64,
}

impl<'a> Import<'a> {
    fn new(cmd: Command<'a>, source: &'a Source, progress: &'a dyn Progress) -> Self {
        Self {
            cmd,
            source,
            progress,
            report: Report::default(),
            settings: cmd.settings.clone(),
            last_numbers: (0, 0),
            login_names: LoginNames::default(),
            next_guid: 0,
            first_server_admin: None,
            admins: HashMap::new(),
            customers: HashMap::new(),
            domains: HashMap::new(),
            domains_out: HashSet::new(),
            php_configs: HashSet::new(),
            mysql_servers: HashSet::new(),
            takings: BTreeMap::new(),
            stored: BTreeMap::new(),
        }
    }

    /// Begins to read a table.
    async fn pages(&mut self, table: &'static Table) -> Result<Pages, Stop> {
        self.report.counts(table.name);
        let all = self.source.count(table).await?;
        self.progress.tell(table.name, 0, all);
        Ok(Pages { table, condition: "", after: i64::MIN, done: 0, all })
    }

    /// The next rows; none after the last.
    async fn next(&mut self, pages: &mut Pages) -> Result<Option<Vec<Row>>, Stop> {
        let rows = self.source.page(pages.table, pages.condition, pages.after, PAGE).await?;
        let Some(last) = rows.last() else { return Ok(None) };
        pages.after = last.id();
        let read = rows.len() as u64;
        pages.done += read;
        self.report.counts(pages.table.name).read += read;
        self.progress.tell(pages.table.name, pages.done, pages.all);
        Ok(Some(rows))
    }

    /// Whose a row is. Where it is nobody's it is skipped, and so noted; where a conflict keeps him
    /// out, it stays out with him.
    fn customer_of(&mut self, row: &Row) -> Option<&Known> {
        let id = row.number("customerid").unwrap_or(0);
        match self.customers.get(&id) {
            None => {
                self.report.skip(row.table(), row.id(), Kind::Orphan, format!("customer {id}"));
                None
            }
            Some(known) if known.kept_out => {
                self.report.counts(row.table()).skipped += 1;
                None
            }
            known => known,
        }
    }

    /// The admin of that id; where he does not exist, the first server admin.
    fn owner(&self, id: i64, notes: &mut report::Notes) -> Option<AdminId> {
        if self.admins.contains_key(&id) {
            return Some(AdminId(id));
        }
        notes.note(Kind::Owner, format!("admin {id}"));
        self.first_server_admin
    }
}
