//! Columns of the shorter lists.

use super::column::{GIB, Kind, MIB, columns};

columns! {
    /// A column of the list of admins, named as in the API.
    AdminColumn {
        Id = "adminid": Kind::Number,
        LoginName = "loginname": Kind::Text,
        Name = "name": Kind::Text,
        Email = "email": Kind::Text,
        Language = "def_language": Kind::Text,
        Theme = "theme": Kind::Text,
        Notes = "custom_notes": Kind::Text,
        NotesShown = "custom_notes_show": Kind::Flag,
        SeesAll = "customers_see_all": Kind::Flag,
        ChangesSettings = "change_serversettings": Kind::Flag,
        EditsPhp = "caneditphpsettings": Kind::Flag,
        Suspended = "deactivated": Kind::Flag,
        ApiAllowed = "api_allowed": Kind::Flag,
        GuiAccess = "gui_access": Kind::Flag,
        Customers = "customers": Kind::Limit(1),
        CustomersUsed = "customers_used": Kind::Size(1),
        Domains = "domains": Kind::Limit(1),
        DomainsUsed = "domains_used": Kind::Size(1),
        Diskspace = "diskspace": Kind::Limit(MIB),
        DiskspaceUsed = "diskspace_used": Kind::Size(MIB),
        Traffic = "traffic": Kind::Limit(GIB),
        TrafficUsed = "traffic_used": Kind::Size(GIB),
        Subdomains = "subdomains": Kind::Limit(1),
        SubdomainsUsed = "subdomains_used": Kind::Size(1),
        Emails = "emails": Kind::Limit(1),
        EmailsUsed = "emails_used": Kind::Size(1),
        EmailAccounts = "email_accounts": Kind::Limit(1),
        EmailAccountsUsed = "email_accounts_used": Kind::Size(1),
        EmailForwarders = "email_forwarders": Kind::Limit(1),
        EmailForwardersUsed = "email_forwarders_used": Kind::Size(1),
        EmailQuota = "email_quota": Kind::Limit(MIB),
        EmailQuotaUsed = "email_quota_used": Kind::Size(MIB),
        Ftps = "ftps": Kind::Limit(1),
        FtpsUsed = "ftps_used": Kind::Size(1),
        Mysqls = "mysqls": Kind::Limit(1),
        MysqlsUsed = "mysqls_used": Kind::Size(1),
        LastSignIn = "lastlogin_succ": Kind::Time,
        LastFailure = "lastlogin_fail": Kind::Time,
        Failures = "loginfail_count": Kind::Number,
        Created = "created": Kind::Time,
    }
}

columns! {
    /// A column of the list of plans, named as in the API.
    PlanColumn {
        Id = "id": Kind::Number,
        Owner = "adminid": Kind::Number,
        OwnerName = "adminname": Kind::Text,
        Name = "name": Kind::Text,
        Description = "description": Kind::Text,
        Updated = "ts": Kind::Time,
    }
}

impl AdminColumn {
    /// The column of that name, with or without the peer's table prefix `a.`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let bare = name.strip_prefix("a.").unwrap_or(&name);
        Self::ALL.iter().copied().find(|column| column.name() == bare)
    }
}

impl PlanColumn {
    /// The column of that name, with or without the peer's table prefixes `p.` and `a.`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let bare = match name.as_str() {
            "a.loginname" => "adminname",
            "a.adminid" => "adminid",
            name => name.strip_prefix("p.").unwrap_or(name),
        };
        Self::ALL.iter().copied().find(|column| column.name() == bare)
    }
}
