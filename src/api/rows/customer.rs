//! Rows of customers.

use super::{ResourceColumns, SwitchColumns, ids, kib, theme, time};
use domain::customer::Customer;
use domain::scope::Rank;
use schemars::JsonSchema;
use serde::Serialize;

/// A customer, with the columns of `panel_customers` except secrets. Disk space and traffic are KiB
/// (unlimited: -1024 and -1048576), `email_quota` is MiB, times are seconds since 1970 (0: never),
/// switches are 0 or 1.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Customer")]
#[allow(missing_docs, reason = "each is named as in Froxlor's schema")]
pub struct CustomerRow {
    pub customerid: i64,
    pub loginname: String,
    /// Id of the owner.
    pub adminid: i64,
    pub name: String,
    pub firstname: String,
    /// 0 unknown or neither, 1 male, 2 female.
    pub gender: u8,
    pub company: String,
    pub street: String,
    pub zipcode: String,
    pub city: String,
    pub phone: String,
    pub fax: String,
    /// The domain part is in ASCII form.
    pub email: String,
    pub customernumber: String,
    pub def_language: String,
    #[serde(flatten)]
    pub resources: ResourceColumns,
    #[serde(flatten)]
    pub switches: SwitchColumns,
    /// Home directory, with a slash at its end.
    pub documentroot: String,
    /// Id of the standard subdomain, or 0.
    pub standardsubdomain: i64,
    /// UNIX user and group id.
    pub guid: i64,
    /// Always 0: generated names are numbered elsewhere.
    pub ftp_lastaccountnumber: i64,
    /// Always 0: generated names are numbered elsewhere.
    pub mysql_lastaccountnumber: i64,
    /// 1 while suspended.
    pub deactivated: u8,
    /// Login name of the admin who suspended the customer; empty while active, or if unknown.
    pub suspended_by: String,
    /// `reseller`, `admin` or `server_admin`; empty while active, or if unknown. Admins of a lower
    /// rank cannot resume the customer.
    pub suspended_by_rank: &'static str,
    pub suspended_at: i64,
    /// Empty for the customer, unless the reason is visible to them.
    pub suspend_reason: String,
    pub suspend_reason_show: u8,
    pub lastlogin_succ: i64,
    pub lastlogin_fail: i64,
    pub loginfail_count: i64,
    /// Always 0.
    pub reportsent: i64,
    /// `Froxlor` follows the user's system, `Froxlor_dark` is dark, `light` is light.
    pub theme: &'static str,
    /// Markdown. Empty for the customer if the notes are hidden from them.
    pub custom_notes: String,
    pub custom_notes_show: u8,
    /// Always null.
    pub lepublickey: Option<String>,
    /// Always 0.
    pub leregistered: i64,
    /// A string with a JSON array of ids, or an empty string.
    pub allowed_phpconfigs: String,
    /// Always 0.
    pub type_2fa: i64,
    pub api_allowed: u8,
    pub shell_allowed: u8,
    /// A string with a JSON array of ids, or an empty string.
    pub allowed_mysqlserver: String,
    pub gui_access: u8,
    /// Login name of the owner; absent for the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adminname: Option<String>,
    /// Id of the plan that was assigned last, or 0.
    pub hosting_plan_id: i64,
    /// 1 while sign-ins are locked after failed attempts; absent for the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locked: Option<u8>,
    /// Time at which the customer was added.
    pub created: i64,
    /// Version of the row. An update with this number is refused if the customer has changed since.
    pub version: i64,
    /// Present with `show_usages`.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
}

/// Usage of a customer: the number of domains (subdomains do not count), and KiB by type of data as
/// last measured.
#[derive(Serialize, JsonSchema)]
#[allow(missing_docs, reason = "each is named as in Froxlor's responses")]
pub struct Usage {
    pub domains: u64,
    pub webspace_used: i64,
    pub mailspace_used: i64,
    pub dbspace_used: i64,
}

impl Usage {
    /// Returns the usage of a customer with this number of domains.
    #[must_use]
    pub fn of(customer: &Customer, domains: u64) -> Self {
        Self {
            domains,
            webspace_used: kib(customer.space.web),
            mailspace_used: kib(customer.space.mail),
            dbspace_used: kib(customer.space.mysql),
        }
    }
}

impl CustomerRow {
    /// Returns the row as managers see it.
    #[must_use]
    pub fn for_manager(customer: &Customer, usage: Option<Usage>) -> Self {
        let locked = Some(customer.sign_in.locked.into());
        Self { adminname: Some(customer.owner_name.clone()), locked, ..Self::of(customer, usage) }
    }

    /// Returns the row as the customer sees it.
    #[must_use]
    pub fn for_customer(customer: &Customer, usage: Option<Usage>) -> Self {
        let mut row = Self::of(customer, usage);
        if !customer.profile.notes_shown {
            row.custom_notes = String::new();
        }
        if row.suspend_reason_show == 0 {
            row.suspend_reason = String::new();
        }
        row
    }

    fn of(customer: &Customer, usage: Option<Usage>) -> Self {
        let profile = &customer.profile;
        let (contact, services) = (&profile.contact, &profile.services);
        let suspension = customer.suspension.clone().unwrap_or_default();
        Self {
            customerid: customer.id.0,
            loginname: customer.login_name.to_string(),
            adminid: customer.owner.0,
            name: contact.name.clone(),
            firstname: contact.firstname.clone(),
            gender: contact.gender.number(),
            company: contact.company.clone(),
            street: contact.street.clone(),
            zipcode: contact.zipcode.clone(),
            city: contact.city.clone(),
            phone: contact.phone.clone(),
            fax: contact.fax.clone(),
            email: contact.email.as_str().to_owned(),
            customernumber: contact.customer_number.clone(),
            def_language: profile.language.code().to_owned(),
            resources: ResourceColumns::of(&services.limits, &customer.used),
            switches: SwitchColumns::of(services),
            documentroot: customer.document_root.clone(),
            standardsubdomain: customer.standard_subdomain.as_ref().map_or(0, |(id, _)| id.0),
            guid: customer.guid,
            ftp_lastaccountnumber: 0,
            mysql_lastaccountnumber: 0,
            deactivated: customer.suspended.into(),
            suspended_by: suspension.by_name,
            suspended_by_rank: suspension.rank.map_or("", Rank::code),
            suspended_at: time(suspension.at),
            suspend_reason: suspension.reason,
            suspend_reason_show: suspension.reason_shown.into(),
            lastlogin_succ: time(customer.sign_in.last_success),
            lastlogin_fail: time(customer.sign_in.last_failure),
            loginfail_count: customer.sign_in.failures.into(),
            reportsent: 0,
            theme: theme(profile.theme),
            custom_notes: profile.notes.clone(),
            custom_notes_show: profile.notes_shown.into(),
            lepublickey: None,
            leregistered: 0,
            allowed_phpconfigs: ids(services.php_configs.iter().map(|id| id.0)),
            type_2fa: 0,
            api_allowed: profile.api_allowed.into(),
            shell_allowed: profile.shell_allowed.into(),
            allowed_mysqlserver: ids(profile.mysql_servers.iter().map(|id| id.0)),
            gui_access: profile.gui_access.into(),
            adminname: None,
            hosting_plan_id: profile.plan.map_or(0, |plan| plan.0),
            locked: None,
            created: customer.created_at.as_second(),
            version: customer.version,
            usage,
        }
    }
}
