//! Admins and resellers.

use super::account::{Language, Theme};
use super::customer::SignInHistory;
use super::email::Email;
use super::grants::{Grant, Grants};
use super::id::{AdminId, LoginId, MysqlServerId, PhpConfigId};
use super::login_name::LoginName;
use super::quota::Quota;
use super::record::record;
use super::request::{LimitParameter, Multiline, request};
use super::resources::{Amounts, LimitFields, Limits};
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// Login name and email address of the admin that the first start creates, before anyone can choose
/// others.
pub const FIRST_ADMIN: (&str, &str) = ("admin", "admin@localhost.localdomain");

/// An admin or reseller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admin {
    /// `adminid` in the API.
    pub id: AdminId,
    pub login: LoginId,
    pub login_name: LoginName,
    /// The editable fields.
    pub profile: AdminProfile,
    pub assigned: Assigned,
    /// `deactivated` in the API.
    pub suspended: bool,
    pub sign_in: SignInHistory,
    pub created_at: Timestamp,
    /// Incremented by each change, to detect conflicting edits.
    pub version: i64,
}

/// The fields of an admin that server admins edit. They serialize with the names of the parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdminProfile {
    pub name: String,
    /// Unique among admins, and not the address of a customer.
    pub email: Email,
    /// Language of the panel and of emails.
    #[serde(rename = "def_language")]
    pub language: Language,
    pub theme: Theme,
    /// Whether the admin can sign in to the panel.
    pub gui_access: bool,
    pub api_allowed: bool,
    /// Notes in Markdown.
    #[serde(rename = "custom_notes")]
    pub notes: String,
    /// Whether the admin sees the notes.
    #[serde(rename = "custom_notes_show")]
    pub notes_shown: bool,
    /// Whether the admin sees every customer. A reseller sees only their own.
    pub customers_see_all: bool,
    /// Whether the admin can change the server's settings and manage admins.
    pub change_serversettings: bool,
    /// Whether the admin can edit the PHP settings of domains.
    pub caneditphpsettings: bool,
    #[serde(flatten)]
    pub quota: AssignableQuota,
    /// Services that the admin can assign.
    #[serde(flatten)]
    pub grants: Grants,
}

/// The quota that an admin can assign to customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AssignableQuota {
    /// Number of customers.
    #[serde(serialize_with = "serialize_limit")]
    pub customers: Quota,
    /// Number of domains.
    #[serde(serialize_with = "serialize_limit")]
    pub domains: Quota,
    /// Limits on the sums over the admin's customers.
    #[serde(flatten)]
    pub limits: Limits,
}

/// Serializes a quota; no limit is null, as in [`Limits`].
fn serialize_limit<S: Serializer>(quota: &Quota, serializer: S) -> Result<S::Ok, S::Error> {
    quota.limit().serialize(serializer)
}

request! {
    /// The parameters of an admin's profile, except name and email address.
    pub struct AdminFields {
        with {
            /// Limits on the sums over the admin's customers
            limits: LimitFields,
        }
        /// Language of the panel and of emails; new admins get the provider's default
        def_language: Language,
        /// Theme of the panel; new admins get the provider's default
        theme: Theme,
        /// Whether the admin can sign in to the panel; on for new admins
        gui_access: bool,
        /// Whether the admin can use the API
        api_allowed: bool,
        /// Notes about the admin, in Markdown
        custom_notes: Multiline,
        /// Whether the admin sees the notes
        custom_notes_show: bool,
        /// Whether the admin sees every customer; resellers see only their own
        customers_see_all: bool,
        /// Whether the admin can change settings and manage admins; granting this requires
        /// current_password
        change_serversettings: bool,
        /// Whether the admin can edit the PHP settings of domains
        caneditphpsettings: bool,
        /// Ids of the PHP configurations that the admin can assign; -1, the default, for all
        allowed_phpconfigs: Grant<PhpConfigId>,
        /// Ids of the MySQL servers that the admin can assign; -1, the default, for all
        allowed_mysqlserver: Grant<MysqlServerId>,
        /// Whether the admin can assign shell access; on for new admins
        shell_allowed: bool,
        /// Whether the admin can assign Perl; on for new admins
        perlenabled: bool,
        /// Maximum number of customers; -1 means unlimited
        customers: LimitParameter<1>,
        /// Whether there is no limit; overrides the number
        customers_ul: bool,
        /// Maximum number of domains of the admin's customers; -1 means unlimited
        domains: LimitParameter<1>,
        /// Whether there is no limit; overrides the number
        domains_ul: bool,
    }
}

impl AdminFields {
    /// Overwrites the stored values with the values that were sent.
    pub fn apply(&self, profile: &mut AdminProfile) {
        let Self {
            limits,
            def_language,
            theme,
            gui_access,
            api_allowed,
            custom_notes,
            custom_notes_show,
            customers_see_all,
            change_serversettings,
            caneditphpsettings,
            allowed_phpconfigs,
            allowed_mysqlserver,
            shell_allowed,
            perlenabled,
            customers,
            domains,
            // `Received::read` has merged these switches into the numbers.
            customers_ul: _,
            domains_ul: _,
        } = self;
        def_language.set(&mut profile.language);
        theme.set(&mut profile.theme);
        gui_access.set(&mut profile.gui_access);
        api_allowed.set(&mut profile.api_allowed);
        custom_notes.set(&mut profile.notes);
        custom_notes_show.set(&mut profile.notes_shown);
        customers_see_all.set(&mut profile.customers_see_all);
        change_serversettings.set(&mut profile.change_serversettings);
        caneditphpsettings.set(&mut profile.caneditphpsettings);
        allowed_phpconfigs.set(&mut profile.grants.php_configs);
        allowed_mysqlserver.set(&mut profile.grants.mysql_servers);
        shell_allowed.set(&mut profile.grants.shell);
        perlenabled.set(&mut profile.grants.perl);
        customers.set(&mut profile.quota.customers);
        domains.set(&mut profile.quota.domains);
        limits.apply(&mut profile.quota.limits);
    }
}

impl AssignableQuota {
    pub const UNLIMITED: Self =
        Self { customers: Quota::Unlimited, domains: Quota::Unlimited, limits: Limits::UNLIMITED };
    pub const NONE: Self =
        Self { customers: Quota::NONE, domains: Quota::NONE, limits: Limits::NONE };
}

/// The quota that an admin has assigned: sums over their customers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assigned {
    pub customers: u64,
    /// Number of domains, without standard subdomains.
    pub domains: u64,
    /// Sums of the customers' finite limits.
    pub amounts: Amounts,
}

/// The record that [`Admin::record`] returns.
#[derive(Serialize)]
struct Record<'a> {
    loginname: &'a str,
    deactivated: bool,
    #[serde(flatten)]
    profile: &'a AdminProfile,
}

impl Admin {
    /// Returns login name, suspension and editable fields of the admin, by parameter name. Sizes
    /// are in bytes; no limit is null.
    #[must_use]
    pub fn record(&self) -> Map<String, Value> {
        record(&Record {
            loginname: self.login_name.as_str(),
            deactivated: self.suspended,
            profile: &self.profile,
        })
    }

    /// Returns the admin's name, or their login name if the name is empty.
    #[must_use]
    pub fn display_name(&self) -> &str {
        if self.profile.name.is_empty() { self.login_name.as_str() } else { &self.profile.name }
    }
}

/// A caller's reference to an admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdminRef {
    Id(AdminId),
    /// By login name, ignoring case.
    Login(String),
}

#[cfg(test)]
mod tests;
