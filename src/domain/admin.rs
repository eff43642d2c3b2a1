//! Admins and resellers as every door sees them.

use super::account::{Language, Theme};
use super::customer::SignInFacts;
use super::email::Email;
use super::grants::Grants;
use super::id::{AdminId, LoginId};
use super::login_name::LoginName;
use super::quota::Quota;
use super::resources::{Amounts, Limits};
use jiff::Timestamp;

/// Login name and address of the admin that a first start makes; there, nobody has told another one yet.
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

/// What server admins edit of an admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminProfile {
    /// Name.
    pub name: String,
    /// Mail address, unique among admins and not any customer's.
    pub email: Email,
    /// Language of panel and mails.
    pub language: Language,
    /// Look of the panel.
    pub theme: Theme,
    /// Whether he may sign in to the panel.
    pub gui_access: bool,
    /// Whether he may use the API.
    pub api_allowed: bool,
    /// Notes (Markdown).
    pub notes: String,
    /// Whether he sees them.
    pub notes_shown: bool,
    /// Sees every customer; without it he is a reseller.
    pub customers_see_all: bool,
    /// May change the server's settings and manage admins.
    pub change_serversettings: bool,
    /// May edit PHP settings of domains.
    pub caneditphpsettings: bool,
    /// What he may hand out.
    pub allowance: Allowance,
    /// What else they may hand out.
    pub grants: Grants,
}

/// What an admin may hand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Number of customers.
    pub customers: Quota,
    /// Number of domains.
    pub domains: Quota,
    /// Sums over his customers.
    pub limits: Limits,
}

impl Allowance {
    /// Everything.
    pub const UNLIMITED: Self = Self { customers: Quota::Unlimited, domains: Quota::Unlimited, limits: Limits::UNLIMITED };
    /// Nothing.
    pub const NONE: Self = Self { customers: Quota::NONE, domains: Quota::NONE, limits: Limits::NONE };
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

impl Admin {
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
