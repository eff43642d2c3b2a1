//! A hosting customer as every door sees him. There is no password in here, so none can get out.

use super::account::{Language, Theme};
use super::contact::Contact;
use super::email::Email;
use super::id::{AdminId, CustomerId, DomainId, LoginId, MysqlServerId, PlanId};
use super::login_name::LoginName;
use super::query::Status;
use super::quota::Quota;
use super::record::record;
use super::request::{Multiline, request};
use super::resources::{Amounts, ServiceFields, Services};
use super::scope::Rank;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// His id (`customerid`).
    pub id: CustomerId,
    /// His login.
    pub login: LoginId,
    /// His login name.
    pub login_name: LoginName,
    /// The admin or reseller who owns him (`adminid`).
    pub owner: AdminId,
    /// That admin's login name (`adminname`).
    pub owner_name: String,
    /// Name of his hosting plan; empty for none.
    pub plan_name: String,
    /// What can be edited.
    pub profile: Profile,
    /// What he has used of his limits.
    pub used: Amounts,
    /// Parts of the disk space used, in bytes.
    pub space: SpaceUsed,
    /// UNIX user and group id of his files.
    pub guid: i64,
    /// His home directory.
    pub document_root: String,
    /// His standard subdomain.
    pub standard_subdomain: Option<(DomainId, String)>,
    /// Whether he is suspended (`deactivated`).
    pub suspended: bool,
    /// Who suspended them, when and why; only while they are suspended.
    pub suspension: Option<Suspension>,
    /// Sign-in facts.
    pub sign_in: SignInFacts,
    /// When he was added.
    pub created_at: Timestamp,
    /// When anything of him last changed.
    pub updated_at: Timestamp,
    /// Counts the changes: a form carries it, so that nothing is overwritten unseen.
    pub version: i64,
}

/// What [`Customer::record`] returns.
#[derive(Serialize)]
struct Record<'a> {
    customerid: CustomerId,
    loginname: &'a str,
    adminid: AdminId,
    adminname: &'a str,
    #[serde(flatten)]
    profile: &'a Profile,
    documentroot: &'a str,
    guid: i64,
    standardsubdomain: Option<&'a str>,
    deactivated: bool,
    suspended_by: Option<&'a str>,
    suspended_by_rank: Option<&'static str>,
    suspended_at: Option<String>,
    suspend_reason: Option<&'a str>,
    suspend_reason_show: Option<bool>,
}

/// Who suspended a customer, when and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suspension {
    /// The admin. Unknown where the customer was suspended before this was remembered.
    pub by: Option<AdminId>,
    /// Their login name at that time; empty where unknown.
    pub by_name: String,
    /// Their rank at that time.
    pub rank: Option<Rank>,
    /// When.
    pub at: Option<Timestamp>,
    /// Why; empty for no reason given.
    pub reason: String,
    /// Whether the customer reads the reason.
    pub reason_shown: bool,
}

impl Suspension {
    /// Whether somebody of this rank may lift the suspension or change its reason: nobody below the
    /// rank of whom suspended.
    #[must_use]
    pub fn yields_to(&self, rank: Rank) -> bool {
        self.rank.is_none_or(|needed| rank >= needed)
    }
}

/// What managers edit of a customer. Serialised, it has the names of the parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// Contact data.
    #[serde(flatten)]
    pub contact: Contact,
    /// Language of panel and mails.
    #[serde(rename = "def_language")]
    pub language: Language,
    /// Look of the panel.
    pub theme: Theme,
    /// Whether the customer may sign in to the panel.
    pub gui_access: bool,
    /// Whether the customer may use the API.
    pub api_allowed: bool,
    /// Whether FTP users may have a shell.
    pub shell_allowed: bool,
    /// The provider's notes (Markdown).
    #[serde(rename = "custom_notes")]
    pub notes: String,
    /// Whether the customer sees them.
    #[serde(rename = "custom_notes_show")]
    pub notes_shown: bool,
    /// Limits and switches.
    #[serde(flatten)]
    pub services: Services,
    /// MySQL servers the customer may use, ascending.
    #[serde(rename = "allowed_mysqlserver")]
    pub mysql_servers: Vec<MysqlServerId>,
    /// The plan the customer was given last.
    #[serde(rename = "hosting_plan_id")]
    pub plan: Option<PlanId>,
}

request! {
    /// The parameters of a customer's profile, but contact data and plan.
    pub struct ProfileFields {
        with {
            /// limits and switches
            services: ServiceFields,
        }
        /// language of panel and mails
        def_language: Language,
        /// look of the panel
        theme: Theme,
        /// may sign in to the panel
        gui_access: bool,
        /// may use the API
        api_allowed: bool,
        /// may have shells
        shell_allowed: bool,
        /// notes, in Markdown
        custom_notes: Multiline,
        /// show the notes to the customer
        custom_notes_show: bool,
        /// MySQL servers the customer may use; 0 is the default one
        allowed_mysqlserver: Vec<MysqlServerId>,
    }
}

impl ProfileFields {
    /// Overwrites the stored values with those that were sent.
    pub fn apply(&self, profile: &mut Profile) {
        let Self {
            def_language,
            theme,
            gui_access,
            api_allowed,
            shell_allowed,
            custom_notes,
            custom_notes_show,
            allowed_mysqlserver,
            services,
        } = self;
        def_language.set(&mut profile.language);
        theme.set(&mut profile.theme);
        gui_access.set(&mut profile.gui_access);
        api_allowed.set(&mut profile.api_allowed);
        shell_allowed.set(&mut profile.shell_allowed);
        custom_notes.set(&mut profile.notes);
        custom_notes_show.set(&mut profile.notes_shown);
        allowed_mysqlserver.set(&mut profile.mysql_servers);
        services.apply(&mut profile.services);
    }
}

/// Disk space by what takes it, in bytes, as last measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpaceUsed {
    /// Files.
    pub web: u64,
    /// Mail.
    pub mail: u64,
    /// Databases.
    pub mysql: u64,
}

/// What is known of somebody's sign-ins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignInFacts {
    /// Failures since the last success or unlock.
    pub failures: u32,
    /// Whether further tries are refused at this moment.
    pub locked: bool,
    /// Last success.
    pub last_success: Option<Timestamp>,
    /// Last failure.
    pub last_failure: Option<Timestamp>,
}

impl Customer {
    /// Which of the three states a row or badge shows first: a suspended customer is out, locked or
    /// not.
    #[must_use]
    pub const fn status(&self) -> Status {
        status(self.suspended, self.sign_in.locked)
    }

    /// Returns everything that managers see of the customer, by parameter name: what the audit
    /// trail, exports and events are made from. Sizes are bytes, no limit is null.
    #[must_use]
    pub fn record(&self) -> Map<String, Value> {
        let suspension = self.suspension.as_ref();
        record(&Record {
            customerid: self.id,
            loginname: self.login_name.as_str(),
            adminid: self.owner,
            adminname: &self.owner_name,
            profile: &self.profile,
            documentroot: &self.document_root,
            guid: self.guid,
            standardsubdomain: self.standard_subdomain.as_ref().map(|(_, name)| name.as_str()),
            deactivated: self.suspended,
            suspended_by: suspension.map(|suspension| suspension.by_name.as_str()),
            suspended_by_rank: suspension.and_then(|suspension| suspension.rank).map(Rank::code),
            suspended_at: suspension.and_then(|suspension| suspension.at).map(|at| at.to_string()),
            suspend_reason: suspension.map(|suspension| suspension.reason.as_str()),
            suspend_reason_show: suspension.map(|suspension| suspension.reason_shown),
        })
    }

    /// How a list calls him: "Name, First name" or the company.
    #[must_use]
    pub fn display_name(&self) -> String {
        let contact = &self.profile.contact;
        display_name(&contact.name, &contact.firstname, &contact.company)
    }
}

const fn status(suspended: bool, locked: bool) -> Status {
    match (suspended, locked) {
        (true, _) => Status::Suspended,
        (false, true) => Status::Locked,
        (false, false) => Status::Active,
    }
}

fn display_name(name: &str, firstname: &str, company: &str) -> String {
    match (name, firstname) {
        ("", "") => company.to_owned(),
        ("", one) | (one, "") => one.to_owned(),
        (name, first) => format!("{name}, {first}"),
    }
}

/// What a list shows of a customer: read without the rest of him, since lists are looked at more
/// than anything else.
#[derive(Clone, Debug)]
pub struct CustomerLine {
    /// Login name.
    pub login_name: LoginName,
    /// Family name.
    pub name: String,
    /// First name.
    pub firstname: String,
    /// Company.
    pub company: String,
    /// Where mail reaches him.
    pub email: Email,
    /// Login name of his owner.
    pub owner_name: String,
    /// Name of his plan; empty for none.
    pub plan_name: String,
    /// Disk space used and allowed, in bytes.
    pub disk: (u64, Quota),
    /// Traffic used and allowed, in bytes.
    pub traffic: (u64, Quota),
    /// Whether he is suspended.
    pub suspended: bool,
    /// How his signing in stands.
    pub sign_in: SignInFacts,
    /// When he was added.
    pub created_at: Timestamp,
}

impl CustomerLine {
    /// As [`Customer::status`].
    #[must_use]
    pub const fn status(&self) -> Status {
        status(self.suspended, self.sign_in.locked)
    }

    /// As [`Customer::display_name`].
    #[must_use]
    pub fn display_name(&self) -> String {
        display_name(&self.name, &self.firstname, &self.company)
    }
}

/// How a caller names a customer: an id wins over a login name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomerRef {
    /// By id.
    Id(CustomerId),
    /// By login name, whatever its case.
    Login(String),
}

/// What happens to a deleted customer's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Files {
    /// They stay where they are.
    Keep,
    /// The worker removes them.
    Remove,
}
