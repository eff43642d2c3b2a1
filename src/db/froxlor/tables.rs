//! The tables of Froxlor, and the columns that are read from them.

/// A table, its numeric key, and the columns that are read.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    /// Column by which the rows are sorted and paged.
    pub key: &'static str,
    pub columns: &'static [&'static str],
}

macro_rules! tables {
    ($($(#[$doc:meta])* $constant:ident = $name:literal by $key:literal: [$($column:literal),+ $(,)?];)+) => {
        $($(#[$doc])* pub static $constant: Table = Table { name: $name, key: $key, columns: &[$($column),+] };)+
        /// Every table that is read.
        pub static ALL: &[&Table] = &[$(&$constant),+];
    };
}

tables! {
    SETTINGS = "panel_settings" by "settingid": ["settinggroup", "varname", "value"];
    ADMINS = "panel_admins" by "adminid": [
        "loginname", "password", "name", "email", "def_language", "ip", "customers", "customers_used", "customers_see_all", "domains",
        "domains_used", "caneditphpsettings", "change_serversettings", "diskspace", "diskspace_used", "mysqls", "mysqls_used", "emails",
        "emails_used", "email_accounts", "email_accounts_used", "email_forwarders", "email_forwarders_used", "email_quota",
        "email_quota_used", "ftps", "ftps_used", "subdomains", "subdomains_used", "traffic", "deactivated", "lastlogin_succ",
        "lastlogin_fail", "loginfail_count", "theme", "custom_notes", "custom_notes_show", "type_2fa", "api_allowed", "gui_access",
    ];
    CUSTOMERS = "panel_customers" by "customerid": [
        "loginname", "password", "adminid", "name", "firstname", "gender", "company", "street", "zipcode", "city", "phone", "fax", "email",
        "customernumber", "def_language", "diskspace", "diskspace_used", "mysqls", "mysqls_used", "emails", "emails_used",
        "email_accounts", "email_accounts_used", "email_forwarders", "email_forwarders_used", "email_quota", "email_quota_used", "ftps",
        "ftps_used", "subdomains", "subdomains_used", "traffic", "traffic_used", "documentroot", "standardsubdomain", "guid",
        "deactivated", "phpenabled", "lastlogin_succ", "lastlogin_fail", "loginfail_count", "pop3", "imap", "perlenabled", "dnsenabled",
        "theme", "custom_notes", "custom_notes_show", "allowed_phpconfigs", "type_2fa", "api_allowed", "shell_allowed",
        "logviewenabled", "allowed_mysqlserver", "gui_access",
    ];
    PHP_CONFIGS = "panel_phpconfigs" by "id": ["description", "binary", "phpsettings"];
    PLANS = "panel_plans" by "id": ["adminid", "name", "description", "value", "ts"];
    /// Includes subdomains.
    DOMAINS = "panel_domains" by "id": [
        "domain", "customerid", "aliasdomain", "documentroot", "isemaildomain", "parentdomainid", "phpenabled", "openbasedir",
        "deactivated", "add_date",
    ];
    FTP_USERS = "ftp_users" by "id": [
        "username", "uid", "gid", "password", "homedir", "shell", "login_enabled", "customerid", "description",
    ];
    FTP_GROUPS = "ftp_groups" by "id": ["groupname", "gid", "members", "customerid"];
    /// Mailboxes. The column with passwords in clear text is not read.
    MAIL_USERS = "mail_users" by "id": ["email", "password_enc", "postfix", "domainid", "customerid", "quota", "pop3", "imap"];
    MAIL_ADDRESSES = "mail_virtual" by "id": ["email", "email_full", "destination", "domainid", "customerid", "iscatchall"];
    DATABASES = "panel_databases" by "id": ["customerid", "databasename", "description", "dbserver"];
    API_KEYS = "api_keys" by "id": ["adminid", "customerid", "apikey", "secret", "allowed_from", "valid_until"];
    DISK_USAGE = "panel_diskspace" by "id": ["customerid", "year", "month", "day", "stamp", "webspace", "mail", "mysql"];
    TRAFFIC_USAGE = "panel_traffic" by "id": [
        "customerid", "year", "month", "day", "stamp", "http", "ftp_up", "ftp_down", "mail",
    ];
}

/// Columns of all admins that are read before the other columns, because the login name of every
/// account must be decided before the first account is written.
pub static ADMIN_NAMES: Table = Table {
    name: "panel_admins",
    key: "adminid",
    columns: &["loginname", "email", "change_serversettings", "deactivated"],
};
/// Columns of all customers that are read before the other columns: login name, and the UNIX id
/// that owns their files.
pub static CUSTOMER_NAMES: Table =
    Table { name: "panel_customers", key: "customerid", columns: &["loginname", "guid"] };
