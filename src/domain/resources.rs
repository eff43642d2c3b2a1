//! What a customer can be given, and how it is counted.

use super::id::PhpConfigId;
use super::quota::Quota;
use super::request::{Amount, request};
use super::unit::Unit;
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use std::ops::{Index, IndexMut};

/// Calls a macro with every countable resource: the only list of them. Each line has the name of the
/// variant, of the variant of the usage, of the parameter and column, of the switch that lifts the
/// limit, and of the column of the usage, the unit, the description of the parameter, and the doc comment of the variant.
#[macro_export]
macro_rules! each_resource {
    ($($callback:ident)::+ ! ($($arguments:tt)*)) => {
        $($callback)::+! {
            ($($arguments)*)
            { Diskspace DiskspaceUsed diskspace diskspace_ul diskspace_used MiB "MiB; -1 for no limit" "Web, mail and database space together." }
            { Traffic TrafficUsed traffic traffic_ul traffic_used GiB "GiB; -1 for no limit" "Transfer volume per month." }
            { Subdomains SubdomainsUsed subdomains subdomains_ul subdomains_used Count "how many; -1 for no limit" "Subdomains." }
            { Emails EmailsUsed emails emails_ul emails_used Count "how many; -1 for no limit" "Mail addresses." }
            { EmailAccounts EmailAccountsUsed email_accounts email_accounts_ul email_accounts_used Count "how many; -1 for no limit" "Mailboxes." }
            { EmailForwarders EmailForwardersUsed email_forwarders email_forwarders_ul email_forwarders_used Count "how many; -1 for no limit" "Mail forwarders." }
            { EmailQuota EmailQuotaUsed email_quota email_quota_ul email_quota_used MiB "MiB; -1 for no limit" "Sum of the mailboxes' sizes." }
            { Ftps FtpsUsed ftps ftps_ul ftps_used Count "how many; -1 for no limit" "FTP users beyond the default one." }
            { Mysqls MysqlsUsed mysqls mysqls_ul mysqls_used Count "how many; -1 for no limit" "MySQL databases." }
        }
    };
}

/// Calls a macro with every switch that a customer or plan is given: the only list of them. Each line
/// has the name of the variant, of the variant of our column, of the field of [`Services`], of our
/// column, of the parameter, and of Froxlor's column, and the description of the parameter.
#[macro_export]
macro_rules! each_switch {
    ($($callback:ident)::+ ! ($($arguments:tt)*)) => {
        $($callback)::+! {
            ($($arguments)*)
            { Imap Imap imap imap email_imap imap "IMAP access to mailboxes" }
            { Pop3 Pop3 pop3 pop3 email_pop3 pop3 "POP3 access to mailboxes" }
            { Php PhpEnabled php php_enabled phpenabled phpenabled "PHP" }
            { Perl PerlEnabled perl perl_enabled perlenabled perlenabled "Perl and CGI" }
            { Dns DnsEnabled dns dns_enabled dnsenabled dnsenabled "DNS editor" }
            { LogView LogViewEnabled log_view log_view_enabled logviewenabled logviewenabled "reading the web server's logs" }
        }
    };
}

macro_rules! resources {
    (() $({ $Resource:ident $Used:ident $name:ident $unlimited:ident $used:ident $unit:ident $parameter_doc:literal $about:literal })+) => {
        /// A countable resource that a customer is given out of the owner's quota.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Resource {
            $(#[doc = $about] $Resource,)+
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

            /// The name of the column that holds the usage.
            #[must_use]
            pub const fn used_name(self) -> &'static str {
                match self { $(Self::$Resource => stringify!($used),)+ }
            }

            /// Returns the key of its name in texts: `resource-<name>`.
            #[must_use]
            pub fn text_key(self) -> String {
                format!("resource-{}", self.name().replace('_', "-"))
            }

            /// The unit of the parameter.
            #[must_use]
            pub const fn unit(self) -> Unit {
                match self { $(Self::$Resource => Unit::$unit,)+ }
            }
        }

        request! {
            /// Limits on the countable resources.
            pub struct LimitFields {
                $(
                    #[doc = $parameter_doc]
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

each_resource!(resources!());

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

macro_rules! services {
    (() $({ $Switch:ident $Column:ident $field:ident $column:ident $parameter:ident $froxlor:ident $about:literal })+) => {
        /// A switch of what a customer is given.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Switch {
            $(#[doc = $about] $Switch,)+
        }

        impl Switch {
            /// Every switch, in the order in which forms show them.
            pub const ALL: [Self; [$(stringify!($Switch)),+].len()] = [$(Self::$Switch),+];

            /// The name of the parameter.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$Switch => stringify!($parameter),)+ }
            }

            /// The name of the column in the rows of the API, which is Froxlor's.
            #[must_use]
            pub const fn column_name(self) -> &'static str {
                match self { $(Self::$Switch => stringify!($froxlor),)+ }
            }
        }

        /// Everything a customer is given, or a hosting plan gives: limits and switches.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Services {
            /// Limits of the countable resources.
            pub limits: Limits,
            $(#[doc = $about] pub $field: bool,)+
            /// PHP configurations to choose from, ascending.
            pub php_configs: Vec<PhpConfigId>,
        }

        impl Services {
            /// Nothing at all: the API's defaults.
            pub const NONE: Self =
                Self { limits: Limits::NONE, $($field: false,)+ php_configs: Vec::new() };

            /// Returns whether a switch is on.
            #[must_use]
            pub const fn is_on(&self, switch: Switch) -> bool {
                match switch { $(Switch::$Switch => self.$field,)+ }
            }
        }

        request! {
            /// The parameters of a hosting plan, and of what a customer is given.
            pub struct ServiceFields {
                with {
                    /// limits
                    limits: LimitFields,
                }
                $(
                    #[doc = $about]
                    $parameter: bool,
                )+
                /// PHP configurations to choose from
                allowed_phpconfigs: Vec<PhpConfigId>,
            }
        }

        impl ServiceFields {
            /// Overwrites the stored values with those that were sent.
            pub fn apply(&self, services: &mut Services) {
                let Self { limits, $($parameter,)+ allowed_phpconfigs } = self;
                limits.apply(&mut services.limits);
                $($parameter.set(&mut services.$field);)+
                allowed_phpconfigs.set(&mut services.php_configs);
            }
        }
    };
}

each_switch!(services!());

/// As in records: by parameter name.
impl Serialize for Services {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (resource, quota) in self.limits.iter() {
            map.serialize_entry(resource.name(), &quota.limit())?;
        }
        for switch in Switch::ALL {
            map.serialize_entry(switch.name(), &self.is_on(switch))?;
        }
        map.serialize_entry("allowed_phpconfigs", &self.php_configs)?;
        map.end()
    }
}
