//! Rows of admins.

use super::{ResourceColumns, count_limit, ids, theme, time, to_i64};
use domain::admin::Admin;
use schemars::JsonSchema;
use serde::Serialize;

/// An admin or reseller, with the columns of `panel_admins` except secrets. `<resource>_used` is
/// the amount that was assigned to customers. Disk space and traffic are KiB (unlimited: -1024 and
/// -1048576), `email_quota` is MiB, times are seconds since 1970 (0: never), switches are 0 or 1.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Admin")]
#[allow(missing_docs, reason = "each is named as in Froxlor's schema")]
pub struct AdminRow {
    pub adminid: i64,
    pub loginname: String,
    pub name: String,
    pub email: String,
    pub def_language: String,
    /// Always "-1": every address.
    pub ip: &'static str,
    pub customers: i64,
    pub customers_used: i64,
    /// 0 for resellers.
    pub customers_see_all: u8,
    pub domains: i64,
    pub domains_used: i64,
    pub caneditphpsettings: u8,
    pub change_serversettings: u8,
    /// Ids of the PHP configurations that the admin can assign: a string with a JSON array, or an
    /// empty string; `[-1]` means all.
    pub allowed_phpconfigs: String,
    /// Ids of the MySQL servers that the admin can assign: a string with a JSON array, or an empty
    /// string; `[-1]` means all.
    pub allowed_mysqlserver: String,
    /// 1 if the admin can assign shell access.
    pub shell_allowed: u8,
    /// 1 if the admin can assign Perl.
    pub perlenabled: u8,
    #[serde(flatten)]
    pub resources: ResourceColumns,
    /// 1 while suspended.
    pub deactivated: u8,
    pub lastlogin_succ: i64,
    pub lastlogin_fail: i64,
    pub loginfail_count: i64,
    /// Always 0.
    pub reportsent: i64,
    /// `Froxlor` follows the user's system, `Froxlor_dark` is dark, `light` is light.
    pub theme: &'static str,
    /// Markdown.
    pub custom_notes: String,
    pub custom_notes_show: u8,
    /// Always 0.
    pub type_2fa: i64,
    pub api_allowed: u8,
    pub gui_access: u8,
    /// 1 while sign-ins are locked after failed attempts.
    pub locked: u8,
    /// Time at which the admin was added.
    pub created: i64,
    /// Version of the row. An update with this number is refused if the admin has changed since.
    pub version: i64,
}

impl AdminRow {
    #[must_use]
    pub fn of(admin: &Admin) -> Self {
        let (profile, quota, grants) =
            (&admin.profile, &admin.profile.quota, &admin.profile.grants);
        Self {
            adminid: admin.id.0,
            loginname: admin.login_name.to_string(),
            name: profile.name.clone(),
            email: profile.email.as_str().to_owned(),
            def_language: profile.language.code().to_owned(),
            ip: "-1",
            customers: count_limit(quota.customers),
            customers_used: to_i64(admin.assigned.customers),
            customers_see_all: profile.customers_see_all.into(),
            domains: count_limit(quota.domains),
            domains_used: to_i64(admin.assigned.domains),
            caneditphpsettings: profile.caneditphpsettings.into(),
            change_serversettings: profile.change_serversettings.into(),
            allowed_phpconfigs: ids(grants.php_configs.ids(|id| id.0).into_iter()),
            allowed_mysqlserver: ids(grants.mysql_servers.ids(|id| id.0).into_iter()),
            shell_allowed: grants.shell.into(),
            perlenabled: grants.perl.into(),
            resources: ResourceColumns::of(&quota.limits, &admin.assigned.amounts),
            deactivated: admin.suspended.into(),
            lastlogin_succ: time(admin.sign_in.last_success),
            lastlogin_fail: time(admin.sign_in.last_failure),
            loginfail_count: admin.sign_in.failures.into(),
            reportsent: 0,
            theme: theme(profile.theme),
            custom_notes: profile.notes.clone(),
            custom_notes_show: profile.notes_shown.into(),
            type_2fa: 0,
            api_allowed: profile.api_allowed.into(),
            gui_access: profile.gui_access.into(),
            locked: admin.sign_in.locked.into(),
            created: admin.created_at.as_second(),
            version: admin.version,
        }
    }
}
