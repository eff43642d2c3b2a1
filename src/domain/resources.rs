//! The resources and switches of customers and hosting plans, and the units of the resources.

use super::id::PhpConfigId;
use super::quota::Quota;
use super::request::{LimitParameter, request};
use super::unit::Unit;
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use std::ops::{Index, IndexMut};

/// Calls a macro with every countable resource. There is no other list. A line contains, in this
/// order:
///
/// * the variants of the resource and of its usage column;
/// * the parameter, which is also the column, and the switch that lifts the limit;
/// * the usage column, and the unit;
/// * the descriptions of the parameter and of the variant.
#[macro_export]
macro_rules! each_resource {
    ($($callback:ident)::+ ! ($($arguments:tt)*)) => {
        $($callback)::+! {
            ($($arguments)*)
            { Diskspace DiskspaceUsed diskspace diskspace_ul diskspace_used MiB "Disk space for web, mail and databases in MiB; -1 means unlimited" "Web, mail and database space together." }
            { Traffic TrafficUsed traffic traffic_ul traffic_used GiB "Traffic per month in GiB; -1 means unlimited" "Traffic per month." }
            { Subdomains SubdomainsUsed subdomains subdomains_ul subdomains_used Count "Maximum number of subdomains; -1 means unlimited" "Subdomains." }
            { Emails EmailsUsed emails emails_ul emails_used Count "Maximum number of email addresses; -1 means unlimited" "Email addresses." }
            { EmailAccounts EmailAccountsUsed email_accounts email_accounts_ul email_accounts_used Count "Maximum number of mailboxes; -1 means unlimited" "Mailboxes." }
            { EmailForwarders EmailForwardersUsed email_forwarders email_forwarders_ul email_forwarders_used Count "Maximum number of email forwarders; -1 means unlimited" "Email forwarders." }
            { EmailQuota EmailQuotaUsed email_quota email_quota_ul email_quota_used MiB "Storage of all mailboxes in MiB; -1 means unlimited; new customers get the provider's default" "Sum of the mailboxes' sizes." }
            { Ftps FtpsUsed ftps ftps_ul ftps_used Count "Maximum number of FTP users beyond the default one; -1 means unlimited" "FTP users beyond the default one." }
            { Mysqls MysqlsUsed mysqls mysqls_ul mysqls_used Count "Maximum number of MySQL databases; -1 means unlimited" "MySQL databases." }
        }
    };
}

/// Calls a macro with every switch of a customer or hosting plan. There is no other list. A line
/// contains, in this order:
///
/// * the variants of the switch and of Clientele's column;
/// * the field of [`Services`], Clientele's column, the parameter, and Froxlor's column;
/// * the description of the parameter.
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
            { LogView LogViewEnabled log_view log_view_enabled logviewenabled logviewenabled "Access to the web server's logs" }
        }
    };
}

macro_rules! resources {
    (() $({ $Resource:ident $Used:ident $name:ident $unlimited:ident $used:ident $unit:ident $parameter_doc:literal $about:literal })+) => {
        /// A countable resource that owners assign to customers from their own quota.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Resource {
            $(#[doc = $about] $Resource,)+
        }

        impl Resource {
            /// All resources, in the order of the forms.
            pub const ALL: [Self; [$(stringify!($Resource)),+].len()] = [$(Self::$Resource),+];

            /// Returns the name of the parameter and of the column.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$Resource => stringify!($name),)+ }
            }

            /// Returns the name of the switch that lifts the limit.
            #[must_use]
            pub const fn unlimited_name(self) -> &'static str {
                match self { $(Self::$Resource => stringify!($unlimited),)+ }
            }

            /// Returns the name of the column of the usage.
            #[must_use]
            pub const fn used_name(self) -> &'static str {
                match self { $(Self::$Resource => stringify!($used),)+ }
            }

            /// Returns the text key of the name: `resource-<name>`.
            #[must_use]
            pub fn text_key(self) -> String {
                format!("resource-{}", self.name().replace('_', "-"))
            }

            /// Returns the unit of the parameter.
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
                    $name: LimitParameter<{ Unit::$unit.size() }>,
                    /// Whether there is no limit; overrides the number
                    $unlimited: bool,
                )+
            }
        }

        impl LimitFields {
            /// Returns the limit, if one was sent.
            #[must_use]
            pub fn sent(&self, resource: Resource) -> Option<Quota> {
                match resource { $(Resource::$Resource => self.$name.as_ref().map(|amount| amount.0),)+ }
            }
        }
    };
}

each_resource!(resources!());

impl LimitFields {
    /// Overwrites the stored limits with the limits that were sent.
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
    pub const NONE: Self = Self([Quota::NONE; Resource::ALL.len()]);
    pub const UNLIMITED: Self = Self([Quota::Unlimited; Resource::ALL.len()]);

    /// Returns the limits, resource by resource.
    pub fn iter(&self) -> impl Iterator<Item = (Resource, Quota)> + '_ {
        Resource::ALL.into_iter().map(|resource| (resource, self[resource]))
    }
}

/// Serializes by parameter name. Sizes are in bytes; no limit is null.
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

/// One amount for each resource: used, assigned or requested.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts([u64; Resource::ALL.len()]);

impl Amounts {
    /// Returns the amounts that the limits take from the owner's quota. Unlimited resources take
    /// nothing.
    #[must_use]
    pub fn finite(limits: &Limits) -> Self {
        let mut amounts = Self::default();
        for (resource, quota) in limits.iter() {
            amounts[resource] = quota.finite();
        }
        amounts
    }

    /// Returns the amounts, resource by resource.
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
        /// A switch for a service of a customer or hosting plan.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Switch {
            $(#[doc = $about] $Switch,)+
        }

        impl Switch {
            /// All switches, in the order of the forms.
            pub const ALL: [Self; [$(stringify!($Switch)),+].len()] = [$(Self::$Switch),+];

            /// Returns the name of the parameter.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$Switch => stringify!($parameter),)+ }
            }

            /// Returns the name of the column in rows of the API, which is Froxlor's.
            #[must_use]
            pub const fn column_name(self) -> &'static str {
                match self { $(Self::$Switch => stringify!($froxlor),)+ }
            }
        }

        /// Limits and switches of a customer or hosting plan.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Services {
            pub limits: Limits,
            $(#[doc = $about] pub $field: bool,)+
            /// PHP configurations that the customer can choose from, ascending.
            pub php_configs: Vec<PhpConfigId>,
        }

        impl Services {
            /// No resources and no switches: the API's defaults.
            pub const NONE: Self =
                Self { limits: Limits::NONE, $($field: false,)+ php_configs: Vec::new() };

            /// Returns the switches, in the order of the forms, and whether each is on.
            #[must_use]
            pub const fn switches(&self) -> [(Switch, bool); Switch::ALL.len()] {
                [$((Switch::$Switch, self.$field)),+]
            }
        }

        request! {
            /// The parameters for limits and switches of a customer or hosting plan.
            pub struct ServiceFields {
                with {
                    /// Limits
                    limits: LimitFields,
                }
                $(
                    #[doc = $about]
                    $parameter: bool,
                )+
                /// Ids of the PHP configurations that the customer can choose from
                allowed_phpconfigs: Vec<PhpConfigId>,
            }
        }

        impl ServiceFields {
            /// Overwrites the stored values with the values that were sent.
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

/// Serializes by parameter name. Sizes are in bytes; no limit is null.
impl Serialize for Services {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (resource, quota) in self.limits.iter() {
            map.serialize_entry(resource.name(), &quota.limit())?;
        }
        for (switch, on) in self.switches() {
            map.serialize_entry(switch.name(), &on)?;
        }
        map.serialize_entry("allowed_phpconfigs", &self.php_configs)?;
        map.end()
    }
}

#[cfg(test)]
mod tests;
