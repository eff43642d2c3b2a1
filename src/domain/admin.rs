//! Admins and resellers as every door sees them.

use super::account::{Language, Theme};
use super::customer::SignInFacts;
use super::email::Email;
use super::grants::{Grant, Grants};
use super::id::{AdminId, LoginId, MysqlServerId, PhpConfigId};
use super::login_name::LoginName;
use super::quota::Quota;
use super::record::record;
use super::request::{Amount, Multiline, request};
use super::resources::{Amounts, LimitFields, Limits};
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// Login name and address of the admin that a first start makes; there, nobody has told another one
/// yet.
pub const FIRST: (&str, &str) = ("admin", "admin@localhost.localdomain");

/// An admin or reseller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admin {
    /// His id (`adminid`).
    pub id: AdminId,
    /// His login.
    pub login: LoginId,
    /// His login name.
    pub login_name: LoginName,
    /// What can be edited.
    pub profile: AdminProfile,
    /// What he has handed out.
    pub assigned: Assigned,
    /// Whether he is suspended (`deactivated`).
    pub suspended: bool,
    /// Sign-in facts.
    pub sign_in: SignInFacts,
    /// When he was added.
    pub created_at: Timestamp,
    /// Counts the changes.
    pub version: i64,
}

/// What server admins edit of an admin. Serialised, it has the names of the parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdminProfile {
    /// Name.
    pub name: String,
    /// Mail address, unique among admins and not any customer's.
    pub email: Email,
    /// Language of panel and mails.
    #[serde(rename = "def_language")]
    pub language: Language,
    /// Look of the panel.
    pub theme: Theme,
    /// Whether the admin may sign in to the panel.
    pub gui_access: bool,
    /// Whether the admin may use the API.
    pub api_allowed: bool,
    /// Notes (Markdown).
    #[serde(rename = "custom_notes")]
    pub notes: String,
    /// Whether the admin sees them.
    #[serde(rename = "custom_notes_show")]
    pub notes_shown: bool,
    /// Whether the admin sees every customer; a reseller sees their own.
    pub customers_see_all: bool,
    /// Whether the admin may change the server's settings and manage admins.
    pub change_serversettings: bool,
    /// Whether the admin may edit PHP settings of domains.
    pub caneditphpsettings: bool,
    /// Quotas.
    #[serde(flatten)]
    pub allowance: Allowance,
    /// What else the admin may hand out.
    #[serde(flatten)]
    pub grants: Grants,
}

/// What an admin may hand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Allowance {
    /// Number of customers.
    #[serde(serialize_with = "limit_of")]
    pub customers: Quota,
    /// Number of domains.
    #[serde(serialize_with = "limit_of")]
    pub domains: Quota,
    /// Sums over the admin's customers.
    #[serde(flatten)]
    pub limits: Limits,
}

/// No limit is null, as in [`Limits`].
fn limit_of<S: Serializer>(quota: &Quota, serializer: S) -> Result<S::Ok, S::Error> {
    quota.limit().serialize(serializer)
}

request! {
    /// The parameters of an admin's profile, but name and mail address.
    pub struct AdminFields {
        with {
            /// sums over the admin's customers
            limits: LimitFields,
        }
        /// language of panel and mails
        def_language: Language,
        /// look of the panel
        theme: Theme,
        /// may sign in to the panel
        gui_access: bool,
        /// may use the API
        api_allowed: bool,
        /// notes, in Markdown
        custom_notes: Multiline,
        /// show the notes to the admin
        custom_notes_show: bool,
        /// sees every customer; a reseller sees their own
        customers_see_all: bool,
        /// may change settings and manage admins; granting it needs current_password
        change_serversettings: bool,
        /// may edit PHP settings of domains
        caneditphpsettings: bool,
        /// PHP configurations they may hand out; -1 for every one, as without it
        allowed_phpconfigs: Grant<PhpConfigId>,
        /// MySQL servers they may hand out; -1 for every one, as without it
        allowed_mysqlserver: Grant<MysqlServerId>,
        /// may hand out shells; on unless said
        shell_allowed: bool,
        /// may hand out Perl; on unless said
        perlenabled: bool,
        /// maximum number of customers; -1 for no limit
        customers: Amount<1>,
        /// no limit, whatever the number says
        customers_ul: bool,
        /// maximum number of domains of their customers; -1 for no limit
        domains: Amount<1>,
        /// no limit, whatever the number says
        domains_ul: bool,
    }
}

impl AdminFields {
    /// Overwrites the stored values with those that were sent.
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
            // Read together with the numbers.
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
        customers.set(&mut profile.allowance.customers);
        domains.set(&mut profile.allowance.domains);
        limits.apply(&mut profile.allowance.limits);
    }
}

impl Allowance {
    /// Everything.
    pub const UNLIMITED: Self =
        Self { customers: Quota::Unlimited, domains: Quota::Unlimited, limits: Limits::UNLIMITED };
    /// Nothing.
    pub const NONE: Self =
        Self { customers: Quota::NONE, domains: Quota::NONE, limits: Limits::NONE };
}

/// What an admin has handed out: sums over his customers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assigned {
    /// Number of customers.
    pub customers: u64,
    /// Number of domains, standard subdomains left out.
    pub domains: u64,
    /// Finite limits of his customers, added up.
    pub amounts: Amounts,
}

/// What [`Admin::record`] returns.
#[derive(Serialize)]
struct Record<'a> {
    loginname: &'a str,
    deactivated: bool,
    #[serde(flatten)]
    profile: &'a AdminProfile,
}

impl Admin {
    /// Returns what can be edited of the admin, by parameter name. Sizes are bytes, no limit is
    /// null.
    #[must_use]
    pub fn record(&self) -> Map<String, Value> {
        record(&Record {
            loginname: self.login_name.as_str(),
            deactivated: self.suspended,
            profile: &self.profile,
        })
    }

    /// What he is called: his name, or his login name.
    #[must_use]
    pub fn display_name(&self) -> &str {
        if self.profile.name.is_empty() { self.login_name.as_str() } else { &self.profile.name }
    }
}

/// How a caller names an admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdminRef {
    /// By id.
    Id(AdminId),
    /// By login name, whatever its case.
    Login(String),
}
