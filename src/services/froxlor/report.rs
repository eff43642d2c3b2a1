//! The report of an import or a dry run: row counts, unusual rows and conflicts. It contains no
//! secrets.

use serde::Serialize;
use std::collections::BTreeMap;

macro_rules! kinds {
    ($($kind:ident = $code:literal, $sentence:literal;)+) => {
        /// A type of finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        pub enum Kind { $(#[doc = $sentence] #[serde(rename = $code)] $kind),+ }

        impl Kind {
            /// Returns the stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$kind => $code),+ }
            }

            /// Returns the meaning of the code, and the action of the import.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$kind => $sentence),+ }
            }
        }
    };
}

kinds! {
    Orphan = "orphan", "customer, admin or domain that it belongs to does not exist: skipped";
    Duplicate = "duplicate", "another row has the same name or time: skipped";
    Unusable = "unusable", "cannot be stored or used: skipped";
    LoginName = "login-name-changed", "login name is taken or not usable: the account gets another one";
    Password = "password-unknown", "password hash is unknown: the account needs a new password";
    SecondFactor = "second-factor-dropped", "second factor is not imported: the password alone is enough to sign in";
    AddressRule = "address-rule-dropped", "restriction to IP addresses of the server is not imported";
    Email = "email-invalid", "email address is not valid: kept unchanged";
    EmailReplaced = "email-replaced", "email address cannot be stored or is taken: replaced by one that receives no mail";
    Text = "text-cleaned", "text is empty, is too long or has invalid characters: corrected";
    Unnamed = "name-missing", "has neither a name nor a company: the login name is used";
    Language = "language-unknown", "language is unknown: the default is used";
    Theme = "theme-unknown", "theme is unknown: the default is used";
    Number = "number-invalid", "not a number, or negative without meaning unlimited: 0 is used";
    Large = "number-too-large", "number is too large: the largest possible number is used";
    Clipped = "number-clipped", "number is the largest that its column can hold: it may have been cut off";
    Json = "json-invalid", "list or JSON cannot be read completely: the unreadable part is left out";
    Owner = "owner-unknown", "admin does not exist: the first server admin is the owner";
    Guid = "guid-replaced", "UNIX id is invalid or taken: replaced";
    Home = "home-replaced", "home directory is not a usable path: replaced";
    Standard = "standard-subdomain-unknown", "standard subdomain does not exist or belongs to another customer: none is set";
    Parent = "parent-unknown", "parent domain does not exist or belongs to another customer: imported as a main domain";
    Alias = "alias-dropped", "is an alias of another domain: the link is not imported";
    OtherDomain = "domain-of-another", "domain belongs to another customer";
    Suspended = "suspended", "disabled by the suspension of its customer: works again when the customer is resumed";
    KeyDisabled = "key-disabled", "key is disabled: none of its allowed addresses can be read";
    Time = "time-invalid", "time is not valid: ignored";
    DefaultFtp = "default-ftp-chosen", "no FTP user has the login name of the customer: the oldest one is the default";
    NoFtp = "no-ftp-user", "has no FTP user";
    LimitExceeded = "beyond-limit", "assigned quota exceeds the limit of the admin";
    Setting = "setting-kept", "setting was changed here, or its value is not allowed: the current value stays";
    Placeholder = "placeholder", "is referred to, but does not exist: a placeholder was created";
}

/// Notes about a row that is being read.
#[derive(Debug, Default)]
pub(super) struct Notes(pub Vec<(Kind, String)>);

impl Notes {
    pub fn note(&mut self, kind: Kind, detail: impl Into<String>) {
        self.0.push((kind, detail.into()));
    }
}

/// Row counts of one table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub read: u64,
    pub new: u64,
    /// Rows that existed already.
    #[serde(rename = "there")]
    pub existing: u64,
    /// Rows that were left out.
    pub skipped: u64,
}

/// Something unusual about a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub table: &'static str,
    pub id: i64,
    pub kind: Kind,
    /// Details, in English.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// A counter that differs from the counted value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub table: &'static str,
    pub id: i64,
    pub column: String,
    /// Value in Froxlor; sizes in bytes.
    pub stored: i64,
    /// Counted value, which is stored here.
    pub counted: i64,
}

/// A row that cannot be imported, because its id or name belongs to another row here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    pub table: &'static str,
    pub id: i64,
    /// Reason for the conflict, in English.
    pub detail: String,
}

/// Report of an import.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    pub dry_run: bool,
    /// Version of the Froxlor panel.
    pub version: String,
    /// Row counts by table.
    pub tables: BTreeMap<&'static str, Counts>,
    /// Whether the admin that the first start created, who owned nothing, was removed.
    pub first_admin_replaced: bool,
    /// If there are any, nothing was written.
    pub conflicts: Vec<Conflict>,
    /// Unusual rows.
    #[serde(rename = "odd")]
    pub findings: Vec<Finding>,
    /// Counters of Froxlor that were wrong.
    pub differences: Vec<Difference>,
    /// Imported settings, as `name = value`.
    pub settings: Vec<String>,
    /// Names of settings that have no counterpart here.
    pub settings_left: Vec<String>,
    /// Names of tables that contain rows and have no counterpart here.
    pub tables_left: Vec<String>,
}

impl Report {
    /// Returns the row counts of a table.
    pub(super) fn counts(&mut self, table: &'static str) -> &mut Counts {
        self.tables.entry(table).or_default()
    }

    pub(super) fn add_finding(
        &mut self,
        table: &'static str,
        id: i64,
        kind: Kind,
        detail: impl Into<String>,
    ) {
        self.findings.push(Finding { table, id, kind, detail: detail.into() });
    }

    pub(super) fn add_notes(&mut self, table: &'static str, id: i64, notes: Notes) {
        self.findings.extend(notes.0.into_iter().map(|(kind, detail)| Finding {
            table,
            id,
            kind,
            detail,
        }));
    }

    /// Counts a row as skipped, and reports it.
    pub(super) fn skip(
        &mut self,
        table: &'static str,
        id: i64,
        kind: Kind,
        detail: impl Into<String>,
    ) {
        self.counts(table).skipped += 1;
        self.add_finding(table, id, kind, detail);
    }

    pub(super) fn add_conflict(&mut self, table: &'static str, id: i64, detail: impl Into<String>) {
        self.conflicts.push(Conflict { table, id, detail: detail.into() });
    }

    /// Reports a counter if it differs from the counted value.
    pub(super) fn compare_counter(
        &mut self,
        table: &'static str,
        id: i64,
        column: String,
        stored: i64,
        counted: u64,
    ) {
        let counted = i64::try_from(counted).unwrap_or(i64::MAX);
        if stored != counted {
            self.differences.push(Difference { table, id, column, stored, counted });
        }
    }

    /// Returns the number of new rows in all tables.
    #[must_use]
    pub fn new_rows(&self) -> u64 {
        self.tables.values().map(|counts| counts.new).sum()
    }
}
