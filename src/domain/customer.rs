//! Hosting customers. The types hold no password, so none can be disclosed.

mod profile;

pub use profile::{Profile, ProfileFields};

use super::email::Email;
use super::id::{AdminId, CustomerId, DomainId, LoginId};
use super::login_name::LoginName;
use super::query::Status;
use super::quota::Quota;
use super::record::record;
use super::resources::Amounts;
use super::scope::Rank;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

/// A hosting customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// `customerid` in the API.
    pub id: CustomerId,
    pub login: LoginId,
    pub login_name: LoginName,
    /// The admin or reseller who owns the customer (`adminid` in the API).
    pub owner: AdminId,
    /// The owner's login name (`adminname` in the API).
    pub owner_name: String,
    /// Name of the hosting plan; empty for none.
    pub plan_name: String,
    /// The editable fields.
    pub profile: Profile,
    /// Usage of the limited resources.
    pub used: Amounts,
    /// Parts of the disk usage, in bytes.
    pub space: DiskUsageParts,
    /// UNIX user and group id of the customer's files.
    pub guid: i64,
    /// The customer's home directory.
    pub document_root: String,
    /// Id and name of the standard subdomain; `None` if there is none.
    pub standard_subdomain: Option<(DomainId, String)>,
    /// `deactivated` in the API.
    pub suspended: bool,
    /// Admin, time and reason of the suspension; `None` for a customer who is not suspended.
    pub suspension: Option<Suspension>,
    pub sign_in: SignInHistory,
    pub created_at: Timestamp,
    /// Time of the last change to any field.
    pub updated_at: Timestamp,
    /// Incremented by each change. A form sends it back, so that the form does not overwrite a
    /// later change unnoticed.
    pub version: i64,
}

/// The record that [`Customer::record`] returns.
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

/// The admin, time and reason of a suspension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suspension {
    /// The admin. `None` if the customer was suspended before Clientele recorded it.
    pub by: Option<AdminId>,
    /// The admin's login name at that time; empty if unknown.
    pub by_name: String,
    /// The admin's rank at that time; `None` if unknown.
    pub rank: Option<Rank>,
    /// `None` if unknown.
    pub at: Option<Timestamp>,
    /// Empty if no reason was given.
    pub reason: String,
    /// Whether the customer can read the reason.
    pub reason_shown: bool,
}

impl Suspension {
    /// Whether an admin of this rank can lift the suspension or change its reason. The rank must
    /// not be lower than that of the admin who suspended the customer.
    #[must_use]
    pub fn can_be_changed_by(&self, rank: Rank) -> bool {
        self.rank.is_none_or(|needed| rank >= needed)
    }
}

/// Disk usage by type of content, in bytes, as last measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiskUsageParts {
    /// Files.
    pub web: u64,
    pub mail: u64,
    pub mysql: u64,
}

impl DiskUsageParts {
    /// Returns the sum of all parts.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.web.saturating_add(self.mail).saturating_add(self.mysql)
    }
}

/// The sign-in history of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignInHistory {
    /// Failed attempts since the last success or unlock.
    pub failures: u32,
    /// Whether further attempts are refused at this moment.
    pub locked: bool,
    pub last_success: Option<Timestamp>,
    pub last_failure: Option<Timestamp>,
}

impl Customer {
    /// Returns the status that a row or badge shows. A customer who is suspended and locked is
    /// shown as suspended.
    #[must_use]
    pub const fn status(&self) -> Status {
        status(self.suspended, self.sign_in.locked)
    }

    /// Returns all fields of the customer that managers see, by parameter name. Audit log, exports
    /// and events are built from them. Sizes are in bytes; no limit is null.
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

    /// Returns the name as lists show it: "Name, First name", one of the two, or the company.
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

/// A customer as lists show them. The other columns are not read, since lists are the most
/// frequently viewed pages.
#[derive(Clone, Debug)]
pub struct CustomerSummary {
    pub login_name: LoginName,
    /// Last name.
    pub name: String,
    pub firstname: String,
    pub company: String,
    pub email: Email,
    /// Login name of the owner.
    pub owner_name: String,
    /// Name of the hosting plan; empty for none.
    pub plan_name: String,
    /// Disk usage in bytes, and its limit.
    pub disk: (u64, Quota),
    /// Traffic in bytes, and its limit.
    pub traffic: (u64, Quota),
    pub suspended: bool,
    pub sign_in: SignInHistory,
    pub created_at: Timestamp,
}

impl CustomerSummary {
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

/// A caller's reference to a customer. An id takes precedence over a login name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomerRef {
    Id(CustomerId),
    /// By login name, ignoring case.
    Login(String),
}

/// Whether the files of a deleted customer are removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRemoval {
    Keep,
    /// The worker removes the files.
    Remove,
}

#[cfg(test)]
pub(crate) mod tests;
