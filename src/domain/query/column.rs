//! The columns that may be asked for: an allow-list, so that no question reaches a secret.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text, compared without regard to case.
    Text,
    /// A number of things, or an id.
    Number,
    /// A limit; the number is the size in bytes of the unit in which people write it.
    Limit(u64),
    /// A size in use, likewise.
    Size(u64),
    /// Yes or no.
    Flag,
    /// Seconds since 1970.
    Time,
}

/// The columns of one list.
pub trait Field: Copy + PartialEq + 'static {
    /// Every column.
    const ALL: &'static [Self];

    /// Its name in every door.
    fn name(self) -> &'static str;

    /// What it holds.
    fn kind(self) -> Kind;

    /// The column of that name, with or without the peer's table prefixes.
    fn parse(name: &str) -> Option<Self>;
}

macro_rules! columns {
    ($(#[$doc:meta])* $column:ident { $($variant:ident = $name:literal: $kind:expr),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each is named as in the API")]
        pub enum $column { $($variant),+ }

        impl $column {
            /// Every column.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in every door.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What it holds.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self { $(Self::$variant => $kind),+ }
            }
        }

        impl $crate::query::Field for $column {
            const ALL: &'static [Self] = Self::ALL;

            fn name(self) -> &'static str {
                self.name()
            }

            fn kind(self) -> Kind {
                self.kind()
            }

            fn parse(name: &str) -> Option<Self> {
                Self::parse(name)
            }
        }
    };
}
pub(super) use columns;

pub(super) const MIB: u64 = 1 << 20;
pub(super) const GIB: u64 = 1 << 30;

columns! {
    /// A column of the customer list, named as in the API.
    Column {
    Id = "customerid": Kind::Number,
    LoginName = "loginname": Kind::Text,
    OwnerName = "adminname": Kind::Text,
    Owner = "adminid": Kind::Number,
    Name = "name": Kind::Text,
    Firstname = "firstname": Kind::Text,
    Company = "company": Kind::Text,
    Street = "street": Kind::Text,
    Zipcode = "zipcode": Kind::Text,
    City = "city": Kind::Text,
    Phone = "phone": Kind::Text,
    Fax = "fax": Kind::Text,
    Email = "email": Kind::Text,
    CustomerNumber = "customernumber": Kind::Text,
    Notes = "custom_notes": Kind::Text,
    Language = "def_language": Kind::Text,
    Theme = "theme": Kind::Text,
    Gender = "gender": Kind::Number,
    Guid = "guid": Kind::Number,
    DocumentRoot = "documentroot": Kind::Text,
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
    Suspended = "deactivated": Kind::Flag,
    Php = "phpenabled": Kind::Flag,
    Perl = "perlenabled": Kind::Flag,
    Dns = "dnsenabled": Kind::Flag,
    LogView = "logviewenabled": Kind::Flag,
    Imap = "imap": Kind::Flag,
    Pop3 = "pop3": Kind::Flag,
    ApiAllowed = "api_allowed": Kind::Flag,
    GuiAccess = "gui_access": Kind::Flag,
    ShellAllowed = "shell_allowed": Kind::Flag,
    NotesShown = "custom_notes_show": Kind::Flag,
    Plan = "plan": Kind::Text,
    LastSignIn = "lastlogin_succ": Kind::Time,
    LastFailure = "lastlogin_fail": Kind::Time,
    Failures = "loginfail_count": Kind::Number,
    Created = "created": Kind::Time,
    }
}

impl Column {
    /// The column of that name, with or without the peer's table prefix `c.` or `a.`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let bare = match name.as_str() {
            "a.loginname" => "adminname",
            "a.adminid" => "adminid",
            name => name.strip_prefix("c.").unwrap_or(name),
        };
        Self::ALL.iter().copied().find(|column| column.name() == bare)
    }

    /// The columns in which plain words are looked for.
    pub const SEARCHED: [Self; 10] = [
        Self::LoginName,
        Self::Name,
        Self::Firstname,
        Self::Company,
        Self::Street,
        Self::Zipcode,
        Self::City,
        Self::Email,
        Self::CustomerNumber,
        Self::Notes,
    ];
}
