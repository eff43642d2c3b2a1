//! What a customer can be given, and how it is counted.

use super::quota::Quota;
use std::ops::{Index, IndexMut};

/// A countable resource that a customer is given out of his owner's allowance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Resource {
    /// Web, mail and database space together.
    Diskspace,
    /// Transfer volume a month.
    Traffic,
    /// Subdomains.
    Subdomains,
    /// Mail addresses.
    Emails,
    /// Mailboxes.
    EmailAccounts,
    /// Mail forwarders.
    EmailForwarders,
    /// Sum of the mailboxes' sizes.
    EmailQuota,
    /// FTP users beyond the default one.
    Ftps,
    /// MySQL databases.
    Mysqls,
}

/// The unit in which people and API clients write a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Single things.
    Count,
    /// Mebibytes.
    MiB,
    /// Gibibytes.
    GiB,
}

impl Unit {
    /// The unit of that size.
    ///
    /// # Panics
    /// When there is none; in constants, that is an error of compilation.
    #[must_use]
    pub const fn of_size(size: u64) -> Self {
        match size {
            1 => Self::Count,
            0x10_0000 => Self::MiB,
            0x4000_0000 => Self::GiB,
            _ => panic!("no unit has this size"),
        }
    }

    /// How many of what the database counts (things or bytes) one unit is.
    #[must_use]
    pub const fn size(self) -> u64 {
        match self {
            Self::Count => 1,
            Self::MiB => 1 << 20,
            Self::GiB => 1 << 30,
        }
    }

    /// As shown beside a number; nothing for single things.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Count => "",
            Self::MiB => "MiB",
            Self::GiB => "GiB",
        }
    }
}

impl Resource {
    /// Every resource, in the order in which forms show them.
    pub const ALL: [Self; 9] = [
        Self::Diskspace,
        Self::Traffic,
        Self::Subdomains,
        Self::Emails,
        Self::EmailAccounts,
        Self::EmailForwarders,
        Self::EmailQuota,
        Self::Ftps,
        Self::Mysqls,
    ];

    /// The parameter's name in every door, and the column's.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Diskspace => "diskspace",
            Self::Traffic => "traffic",
            Self::Subdomains => "subdomains",
            Self::Emails => "emails",
            Self::EmailAccounts => "email_accounts",
            Self::EmailForwarders => "email_forwarders",
            Self::EmailQuota => "email_quota",
            Self::Ftps => "ftps",
            Self::Mysqls => "mysqls",
        }
    }

    /// The switch that lifts the limit: `<name>_ul`.
    #[must_use]
    pub const fn unlimited_name(self) -> &'static str {
        match self {
            Self::Diskspace => "diskspace_ul",
            Self::Traffic => "traffic_ul",
            Self::Subdomains => "subdomains_ul",
            Self::Emails => "emails_ul",
            Self::EmailAccounts => "email_accounts_ul",
            Self::EmailForwarders => "email_forwarders_ul",
            Self::EmailQuota => "email_quota_ul",
            Self::Ftps => "ftps_ul",
            Self::Mysqls => "mysqls_ul",
        }
    }

    /// The unit of the parameter of that name.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Diskspace | Self::EmailQuota => Unit::MiB,
            Self::Traffic => Unit::GiB,
            _ => Unit::Count,
        }
    }

    /// The text key of its name.
    #[must_use]
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Diskspace => "resource-diskspace",
            Self::Traffic => "resource-traffic",
            Self::Subdomains => "resource-subdomains",
            Self::Emails => "resource-emails",
            Self::EmailAccounts => "resource-email-accounts",
            Self::EmailForwarders => "resource-email-forwarders",
            Self::EmailQuota => "resource-email-quota",
            Self::Ftps => "resource-ftps",
            Self::Mysqls => "resource-mysqls",
        }
    }
}

/// One limit for each resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits([Quota; Resource::ALL.len()]);

impl Limits {
    /// Nothing of anything.
    pub const NONE: Self = Self([Quota::NONE; Resource::ALL.len()]);
    /// No limit on anything.
    pub const UNLIMITED: Self = Self([Quota::Unlimited; Resource::ALL.len()]);

    /// The limits, resource by resource.
    pub fn iter(&self) -> impl Iterator<Item = (Resource, Quota)> + '_ {
        Resource::ALL.into_iter().map(|resource| (resource, self[resource]))
    }
}

impl Index<Resource> for Limits {
    type Output = Quota;
    fn index(&self, resource: Resource) -> &Quota {
        &self.0[resource as usize]
    }
}

impl IndexMut<Resource> for Limits {
    fn index_mut(&mut self, resource: Resource) -> &mut Quota {
        &mut self.0[resource as usize]
    }
}

/// One amount for each resource: used, assigned or asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts([u64; Resource::ALL.len()]);

impl Amounts {
    /// The finite part of some limits: what they take out of an owner's allowance.
    #[must_use]
    pub fn finite(limits: &Limits) -> Self {
        let mut amounts = Self::default();
        for (resource, quota) in limits.iter() {
            amounts[resource] = quota.finite();
        }
        amounts
    }

    /// The amounts, resource by resource.
    pub fn iter(&self) -> impl Iterator<Item = (Resource, u64)> + '_ {
        Resource::ALL.into_iter().map(|resource| (resource, self[resource]))
    }
}

impl Index<Resource> for Amounts {
    type Output = u64;
    fn index(&self, resource: Resource) -> &u64 {
        &self.0[resource as usize]
    }
}

impl IndexMut<Resource> for Amounts {
    fn index_mut(&mut self, resource: Resource) -> &mut u64 {
        &mut self.0[resource as usize]
    }
}

/// Everything a customer is given, or a hosting plan gives: limits and switches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Services {
    /// Limits of the countable resources.
    pub limits: Limits,
    /// IMAP access to mailboxes.
    pub imap: bool,
    /// POP3 access to mailboxes.
    pub pop3: bool,
    /// PHP.
    pub php: bool,
    /// Perl and CGI.
    pub perl: bool,
    /// The DNS editor.
    pub dns: bool,
    /// Reading the web server's logs.
    pub log_view: bool,
    /// PHP configurations to choose from, ascending.
    pub php_configs: Vec<super::id::PhpConfigId>,
}

impl Services {
    /// The switches by parameter name.
    #[must_use]
    pub const fn switches(&self) -> [(&'static str, bool); 6] {
        [
            ("email_imap", self.imap),
            ("email_pop3", self.pop3),
            ("phpenabled", self.php),
            ("perlenabled", self.perl),
            ("dnsenabled", self.dns),
            ("logviewenabled", self.log_view),
        ]
    }

    /// Nothing at all: the API's defaults.
    pub const NONE: Self = Self {
        limits: Limits::NONE,
        imap: false,
        pop3: false,
        php: false,
        perl: false,
        dns: false,
        log_view: false,
        php_configs: Vec::new(),
    };
}
