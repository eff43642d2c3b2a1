//! What an import did, or would do, and everything that was odd about it. Nothing secret gets in
//! here.

use serde::Serialize;
use std::collections::BTreeMap;

macro_rules! kinds {
    ($($kind:ident = $code:literal, $sentence:literal;)+) => {
        /// What can be odd about a row.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        pub enum Kind { $(#[doc = $sentence] #[serde(rename = $code)] $kind),+ }

        impl Kind {
            /// A stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$kind => $code),+ }
            }

            /// What it means and what was done about it.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$kind => $sentence),+ }
            }
        }
    };
}

kinds! {
    Orphan = "orphan", "belongs to nobody who is there: skipped";
    Duplicate = "duplicate", "another row has the same name: skipped";
    Unusable = "unusable", "cannot be stored or used: skipped";
    LoginName = "login-name-changed", "login name taken twice or not usable: he signs in with another one";
    Password = "password-unknown", "password is no hash that is known: he needs a new one";
    SecondFactor = "second-factor-dropped", "second factor is not taken over: the password alone opens the account";
    AddressRule = "address-rule-dropped", "restriction to addresses of the server is not taken over";
    Email = "email-invalid", "mail address is not valid: kept as it is";
    EmailReplaced = "email-replaced", "mail address cannot be stored: replaced by one that reaches nobody";
    Text = "text-cleaned", "text has characters or a length that are not allowed: cleaned";
    Unnamed = "name-missing", "has neither a name nor a company: the login name stands in";
    Language = "language-unknown", "language is not known: the default";
    Theme = "theme-unknown", "theme is not known: the default";
    Number = "number-invalid", "not a number, or negative without meaning unlimited: taken as 0";
    Large = "number-too-large", "number is larger than can be: taken as the largest";
    Clipped = "number-clipped", "number is the largest that the column held: it may have been cut off";
    Json = "json-invalid", "list cannot be read (whole or in part): what cannot be read is left out";
    Owner = "owner-unknown", "its admin does not exist: given to the first server admin";
    Guid = "guid-replaced", "UNIX id is zero or somebody else's: given a new one";
    Home = "home-replaced", "home directory is no usable path: replaced by the one he would have here";
    Standard = "standard-subdomain-unknown", "standard subdomain does not exist or is not his: none";
    Parent = "parent-unknown", "parent domain does not exist or is not his: taken as a main domain";
    Alias = "alias-dropped", "is an alias of another domain: the link is not taken over";
    OtherDomain = "domain-of-another", "domain belongs to another customer";
    Suspended = "suspended", "was switched off by the suspension of its customer: it works again when he is resumed";
    KeyDisabled = "key-disabled", "key is disabled: none of the addresses it is allowed from can be read";
    Time = "time-invalid", "time is none";
    DefaultFtp = "default-ftp-chosen", "no FTP user is called like the customer: his first one is the default one";
    NoFtp = "no-ftp-user", "has no FTP user at all";
    Beyond = "beyond-limit", "has handed out more than his own limit";
    Setting = "setting-kept", "setting has no place here, or its value none within our bounds: ours stays";
    Placeholder = "placeholder", "is referred to, but not described: a placeholder was made";
}

/// What is noted of a row while it is read.
#[derive(Debug, Default)]
pub(super) struct Notes(pub Vec<(Kind, String)>);

impl Notes {
    pub fn note(&mut self, kind: Kind, detail: impl Into<String>) {
        self.0.push((kind, detail.into()));
    }
}

/// How many rows of a table came over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Rows that were read.
    pub read: u64,
    /// Rows that are new here.
    pub new: u64,
    /// Rows that were here already.
    pub there: u64,
    /// Rows that were left out; each has its line among what is odd.
    pub skipped: u64,
}

/// Something odd.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Odd {
    /// In which table.
    pub table: &'static str,
    /// In which row.
    pub id: i64,
    /// What.
    pub kind: Kind,
    /// Details, in English.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

/// A counter that did not say what there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// In which table.
    pub table: &'static str,
    /// In which row.
    pub id: i64,
    /// In which column.
    pub column: String,
    /// What stood there (sizes: bytes).
    pub stored: i64,
    /// What there is; this is what counts here.
    pub counted: i64,
}

/// Why a row cannot come over: its id or name is somebody else's here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// In which table.
    pub table: &'static str,
    /// In which row.
    pub id: i64,
    /// What stands in the way.
    pub detail: String,
}

/// The whole report.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Whether nothing was to be written.
    pub dry_run: bool,
    /// Version of the panel that was read.
    pub version: String,
    /// Table by table.
    pub tables: BTreeMap<&'static str, Counts>,
    /// Whether the admin of the first start, who owned nothing, made way.
    pub first_admin_replaced: bool,
    /// What stands in the way; then nothing was written.
    pub conflicts: Vec<Conflict>,
    /// Everything odd.
    pub odd: Vec<Odd>,
    /// Counters that were wrong.
    pub differences: Vec<Difference>,
    /// Settings that were taken over.
    pub settings: Vec<String>,
    /// Settings that have no counterpart here; the names only.
    pub settings_left: Vec<String>,
    /// Tables that hold something and have no counterpart here.
    pub tables_left: Vec<String>,
}

impl Report {
    pub(super) fn counts(&mut self, table: &'static str) -> &mut Counts {
        self.tables.entry(table).or_default()
    }

    pub(super) fn odd(
        &mut self,
        table: &'static str,
        id: i64,
        kind: Kind,
        detail: impl Into<String>,
    ) {
        self.odd.push(Odd { table, id, kind, detail: detail.into() });
    }

    pub(super) fn take(&mut self, table: &'static str, id: i64, notes: Notes) {
        self.odd.extend(notes.0.into_iter().map(|(kind, detail)| Odd { table, id, kind, detail }));
    }

    pub(super) fn skip(
        &mut self,
        table: &'static str,
        id: i64,
        kind: Kind,
        detail: impl Into<String>,
    ) {
        self.counts(table).skipped += 1;
        self.odd(table, id, kind, detail);
    }

    pub(super) fn conflict(&mut self, table: &'static str, id: i64, detail: impl Into<String>) {
        self.conflicts.push(Conflict { table, id, detail: detail.into() });
    }

    pub(super) fn differ(
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

    /// Rows that are new, over all tables.
    #[must_use]
    pub fn new_rows(&self) -> u64 {
        self.tables.values().map(|counts| counts.new).sum()
    }
}
