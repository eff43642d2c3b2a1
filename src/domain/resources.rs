//! What a customer can be given, and how it is counted.

use super::id::PhpConfigId;
use super::quota::Quota;
use super::request::{Amount, Request as _, request};
use super::unit::Unit;
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use std::ops::{Index, IndexMut};

/// Declares the countable resources: the only list of them. A line makes the variant of
/// [`Resource`], its names, and the two parameters of [`LimitFields`].
macro_rules! resources {
    ($($(#[$doc:meta])* $Resource:ident = $name:ident, $unlimited:ident, $unit:ident, $about:literal, $text_key:literal;)+) => {
        /// A countable resource that a customer is given out of the owner's quota.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Resource {
            $($(#[$doc])* $Resource,)+
        }

        impl Resource {
            /// Every resource, in the order in which forms show them.
            pub const ALL: [Self; [$(stringify!($Resource)),+].len()] = [$(Self::$Resource),+];

            /// The name of the parameter and of the column.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$Resource => stringify!($name),)+ }
            }

            /// The name of the switch that lifts the limit.
            #[must_use]
            pub const fn unlimited_name(self) -> &'static str {
                match self { $(Self::$Resource => stringify!($unlimited),)+ }
            }

            /// The unit of the parameter.
            #[must_use]
            pub const fn unit(self) -> Unit {
                match self { $(Self::$Resource => Unit::$unit,)+ }
            }

            /// The text key of its name.
            #[must_use]
            pub const fn text_key(self) -> &'static str {
                match self { $(Self::$Resource => $text_key,)+ }
            }
        }

        request! {
            /// Limits on the countable resources.
            pub struct LimitFields {
                $(
                    #[doc = $about]
                    $name: Amount<{ Unit::$unit.size() }>,
                    /// no limit, whatever the number says
                    $unlimited: bool,
                )+
            }
        }

        impl LimitFields {
            /// Returns the limit that was sent.
            #[must_use]
            pub fn sent(&self, resource: Resource) -> Option<Quota> {
                match resource { $(Resource::$Resource => self.$name.as_ref().map(|amount| amount.0),)+ }
            }
        }
    };
}

resources! {
    /// Web, mail and database space together.
    Diskspace = diskspace, diskspace_ul, MiB, "MiB; -1 for no limit", "resource-diskspace";
    /// Transfer volume a month.
    Traffic = traffic, traffic_ul, GiB, "GiB; -1 for no limit", "resource-traffic";
    /// Subdomains.
    Subdomains = subdomains, subdomains_ul, Count, "how many; -1 for no limit", "resource-subdomains";
    /// Mail addresses.
    Emails = emails, emails_ul, Count, "how many; -1 for no limit", "resource-emails";
    /// Mailboxes.
    EmailAccounts = email_accounts, email_accounts_ul, Count, "how many; -1 for no limit", "resource-email-accounts";
    /// Mail forwarders.
    EmailForwarders = email_forwarders, email_forwarders_ul, Count, "how many; -1 for no limit", "resource-email-forwarders";
    /// Sum of the mailboxes' sizes.
    EmailQuota = email_quota, email_quota_ul, MiB, "MiB; -1 for no limit", "resource-email-quota";
    /// FTP users beyond the default one.
    Ftps = ftps, ftps_ul, Count, "how many; -1 for no limit", "resource-ftps";
    /// MySQL databases.
    Mysqls = mysqls, mysqls_ul, Count, "how many; -1 for no limit", "resource-mysqls";
}

impl LimitFields {
    /// Overwrites the stored limits with those that were sent.
    pub fn apply(&self, limits: &mut Limits) {
        for resource in Resource::ALL {
            if let Some(quota) = self.sent(resource) {
                limits[resource] = quota;
            }
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

/// As in records: by parameter name, in the unit that the database counts; no limit is null.
impl Serialize for Limits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Resource::ALL.len()))?;
        for (resource, quota) in self.iter() {
            map.serialize_entry(resource.name(), &quota.limit())?;
        }
        map.end()
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
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Services {
    /// Limits of the countable resources.
    #[serde(flatten)]
    pub limits: Limits,
    /// IMAP access to mailboxes.
    #[serde(rename = "email_imap")]
    pub imap: bool,
    /// POP3 access to mailboxes.
    #[serde(rename = "email_pop3")]
    pub pop3: bool,
    /// PHP.
    #[serde(rename = "phpenabled")]
    pub php: bool,
    /// PHP configurations to choose from, ascending.
    #[serde(rename = "allowed_phpconfigs")]
    pub php_configs: Vec<PhpConfigId>,
    /// Perl and CGI.
    #[serde(rename = "perlenabled")]
    pub perl: bool,
    /// The DNS editor.
    #[serde(rename = "dnsenabled")]
    pub dns: bool,
    /// Reading the web server's logs.
    #[serde(rename = "logviewenabled")]
    pub log_view: bool,
}

request! {
    /// The parameters of a hosting plan, and of what a customer is given.
    pub struct ServiceFields {
        with {
            /// limits
            limits: LimitFields,
        }
        /// IMAP access to mailboxes
        email_imap: bool,
        /// POP3 access to mailboxes
        email_pop3: bool,
        /// PHP
        phpenabled: bool,
        /// PHP configurations to choose from
        allowed_phpconfigs: Vec<PhpConfigId>,
        /// Perl and CGI
        perlenabled: bool,
        /// the DNS editor
        dnsenabled: bool,
        /// reading the web server's logs
        logviewenabled: bool,
    }
}

impl ServiceFields {
    /// Overwrites the stored values with those that were sent.
    pub fn apply(&self, services: &mut Services) {
        let Self {
            email_imap,
            email_pop3,
            phpenabled,
            allowed_phpconfigs,
            perlenabled,
            dnsenabled,
            logviewenabled,
            limits,
        } = self;
        email_imap.set(&mut services.imap);
        email_pop3.set(&mut services.pop3);
        phpenabled.set(&mut services.php);
        allowed_phpconfigs.set(&mut services.php_configs);
        perlenabled.set(&mut services.perl);
        dnsenabled.set(&mut services.dns);
        logviewenabled.set(&mut services.log_view);
        limits.apply(&mut services.limits);
    }
}

impl Services {
    /// Returns the switches by parameter name.
    #[must_use]
    pub fn switches(&self) -> Vec<(&'static str, bool)> {
        let record = serde_json::to_value(self).unwrap_or_default();
        ServiceFields::parameters()
            .iter()
            .copied()
            .filter_map(|field| Some((field.name, record.get(field.name)?.as_bool()?)))
            .collect()
    }

    /// Nothing at all: the API's defaults.
    pub const NONE: Self = Self {
        limits: Limits::NONE,
        imap: false,
        pop3: false,
        php: false,
        php_configs: Vec::new(),
        perl: false,
        dns: false,
        log_view: false,
    };
}
