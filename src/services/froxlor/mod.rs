//! `import froxlor`: imports the database of a Froxlor 2.x panel, as far as Clientele has tables
//! for it.
//!
//! The import is one transaction. A dry run is the same import, rolled back at the end, so that its
//! report is exact. Ids stay the same, and so do login names, UNIX ids and password hashes that are
//! usable here. Unusual values do not stop the import; the report lists them by table and id. Rows
//! that exist already (same id and same name) stay unchanged, so that a second import changes
//! nothing. A row whose id or name belongs to another row here is a conflict. With conflicts,
//! nothing is written.

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
mod numbers;
mod plans_and_servers;
mod report;
mod settings;
#[cfg(test)]
mod tests;
mod texts;
mod usage;
mod values;

pub use report::{Conflict, Counts, Difference, Finding, Kind, Report};

use crate::settings::ProviderSettings;
use crate::{Command, Outcome, ServiceError};
use db::admins::Reservation;
use db::froxlor::{Row, Source, Table, tables};
use db::{DbError, Transient};
use domain::customer::DiskUsageParts;
use domain::id::AdminId;
use domain::resources::Amounts;
use login_names::LoginNames;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Number of rows that are read and written at a time.
const PAGE: u64 = 1_000;

/// Receives the progress of an import.
pub trait Progress {
    /// Reports that `done` of `total` rows of the table were read.
    fn report(&self, table: &'static str, done: u64, total: u64);
}

/// The reason why an import wrote nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A dry run, or an import with conflicts. Contains the report.
    #[error("nothing was written")]
    RolledBack(Box<Report>),
    /// The database is not that of a Froxlor panel. Contains the missing table.
    #[error("there is no table {0}: this is not the database of a Froxlor panel")]
    NotFroxlor(&'static str),
    /// Reading or writing failed.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<DbError> for ImportError {
    fn from(error: DbError) -> Self {
        Self::Service(error.into())
    }
}

impl Transient for ImportError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Service(error) if error.is_transient())
    }
}

/// Opens the database of a Froxlor panel at `url` (`mysql://`), read-only.
///
/// # Errors
/// [`ServiceError::Db`] if the database is unreachable.
pub async fn open(url: &str) -> Outcome<Source> {
    Ok(Source::open(url).await?)
}

/// Imports the database.
///
/// # Errors
/// [`ImportError::NotFroxlor`] if a table is missing; [`ImportError::RolledBack`] after a dry run,
/// or if there are conflicts. The caller must roll back the transaction after an error.
pub async fn import(
    cmd: Command<'_>,
    source: &Source,
    dry_run: bool,
    progress: &dyn Progress,
) -> Result<Report, ImportError> {
    for table in [&tables::ADMINS, &tables::CUSTOMERS, &tables::SETTINGS] {
        if !source.has_table(table) {
            return Err(ImportError::NotFroxlor(table.name));
        }
    }
    let mut import = Import::new(cmd, source, progress);
    import.report.dry_run = dry_run;
    import.import_settings().await?;
    import.read_login_names().await?;
    import.remove_first_admin().await?;
    import.import_admins().await?;
    import.import_php_configs().await?;
    import.import_plans().await?;
    import.import_customers().await?;
    import.import_domains().await?;
    import.import_ftp_users().await?;
    import.import_ftp_groups().await?;
    import.import_mail_users().await?;
    import.import_mail_addresses().await?;
    import.import_databases().await?;
    import.import_api_keys().await?;
    import.import_disk_usage().await?;
    import.import_traffic_usage().await?;
    import.finish().await?;
    let report = import.report;
    if dry_run || !report.conflicts.is_empty() {
        Err(ImportError::RolledBack(Box::new(report)))
    } else {
        Ok(report)
    }
}

/// A running import.
struct Import<'a> {
    cmd: Command<'a>,
    source: &'a Source,
    progress: &'a dyn Progress,
    report: Report,
    /// The settings of this installation, including the imported ones.
    settings: ProviderSettings,
    /// Froxlor's `system.lastguid` and `system.lastaccountnumber`.
    last_numbers: (i64, i64),
    login_names: LoginNames,
    /// The next free UNIX id.
    next_guid: i64,
    /// Owner of rows whose admin does not exist.
    first_server_admin: Option<AdminId>,
    /// Login ids of the imported and existing admins, by admin id.
    admins: HashMap<i64, i64>,
    customers: HashMap<i64, CustomerFacts>,
    /// Customer ids of the imported and existing domains, by domain id.
    domains: HashMap<i64, i64>,
    /// Domains that were left out as conflicts or duplicates. Their subdomains are not reported as
    /// domains with an unknown parent.
    excluded_domains: HashSet<i64>,
    php_configs: HashSet<i64>,
    mysql_servers: HashSet<i64>,
    /// Quota that admins have assigned to new customers.
    assigned: BTreeMap<AdminId, Reservation>,
    /// Froxlor's counters of new admins.
    stored: BTreeMap<AdminId, Vec<(String, i64)>>,
}

/// Facts about a customer that later tables need. The struct is small, because those of all
/// customers are kept in memory.
struct CustomerFacts {
    owner: AdminId,
    login: i64,
    /// Login name in Froxlor, in lowercase.
    name: Box<str>,
    guid: i64,
    /// UNIX id in Froxlor.
    old_guid: i64,
    suspended: bool,
    imap: bool,
    pop3: bool,
    /// Id of the domain that is the standard subdomain; 0 if there is none.
    standard: i64,
    /// Whether that domain exists here. Not checked for customers who existed already.
    has_standard: bool,
    has_default_ftp: bool,
    /// Whether this import adds the customer.
    is_new: bool,
    /// Whether a conflict excludes the customer and all their rows.
    is_excluded: bool,
    /// Usage that this import adds.
    added_usage: Amounts,
    /// Time and disk space of the latest measurement.
    measured: Option<(i64, DiskUsageParts)>,
    /// Time of the previous row of the customer in the table that is being read.
    last_measured: i64,
    /// Froxlor's usage counters, in the order of `Resource::ALL`.
    stored: [i64; 9],
}

/// Position in a table that is being read.
struct Pages {
    table: &'static Table,
    condition: &'static str,
    after: i64,
    done: u64,
    total: u64,
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
            excluded_domains: HashSet::new(),
            php_configs: HashSet::new(),
            mysql_servers: HashSet::new(),
            assigned: BTreeMap::new(),
            stored: BTreeMap::new(),
        }
    }

    /// Begins to read a table.
    async fn pages(&mut self, table: &'static Table) -> Result<Pages, ImportError> {
        self.report.counts(table.name);
        let total = self.source.count(table).await?;
        self.progress.report(table.name, 0, total);
        Ok(Pages { table, condition: "", after: i64::MIN, done: 0, total })
    }

    /// Returns the next rows, or `None` after the last.
    async fn next(&mut self, pages: &mut Pages) -> Result<Option<Vec<Row>>, ImportError> {
        let rows = self.source.page(pages.table, pages.condition, pages.after, PAGE).await?;
        let Some(last) = rows.last() else { return Ok(None) };
        pages.after = last.id();
        let read = rows.len() as u64;
        pages.done += read;
        self.report.counts(pages.table.name).read += read;
        self.progress.report(pages.table.name, pages.done, pages.total);
        Ok(Some(rows))
    }

    /// Returns the customer that a row belongs to. If there is none, the row is skipped and
    /// reported. If a conflict excludes the customer, the row is skipped without a report.
    fn customer_of(&mut self, row: &Row) -> Option<&CustomerFacts> {
        let id = row.number("customerid").unwrap_or(0);
        match self.customers.get(&id) {
            None => {
                self.report.skip(row.table(), row.id(), Kind::Orphan, format!("customer {id}"));
                None
            }
            Some(known) if known.is_excluded => {
                self.report.counts(row.table()).skipped += 1;
                None
            }
            known => known,
        }
    }

    /// Returns the id of the admin, or of the first server admin if there is no such admin.
    fn owner(&self, id: i64, notes: &mut report::Notes) -> Option<AdminId> {
        if self.admins.contains_key(&id) {
            return Some(AdminId(id));
        }
        notes.note(Kind::Owner, format!("admin {id}"));
        self.first_server_admin
    }
}
