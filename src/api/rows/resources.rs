//! The columns of limits and of what is used of them, which customers and admins have alike.

use super::{amount, limit};
use domain::resources::{Amounts, Limits, Resource as R};
use schemars::JsonSchema;
use serde::Serialize;

/// Limits and what is used, or handed out, of them. Disk space and traffic are KiB (no limit: -1024
/// and -1048576), `email_quota` is MiB, all others are counts (no limit: -1).
#[derive(Serialize, JsonSchema)]
#[allow(missing_docs, reason = "each is named as in Froxlor's schema")]
pub struct ResourceColumns {
    pub diskspace: i64,
    pub diskspace_used: i64,
    pub mysqls: i64,
    pub mysqls_used: i64,
    pub emails: i64,
    pub emails_used: i64,
    pub email_accounts: i64,
    pub email_accounts_used: i64,
    pub email_forwarders: i64,
    pub email_forwarders_used: i64,
    pub email_quota: i64,
    pub email_quota_used: i64,
    pub ftps: i64,
    pub ftps_used: i64,
    pub subdomains: i64,
    pub subdomains_used: i64,
    pub traffic: i64,
    pub traffic_used: i64,
}

impl ResourceColumns {
    /// Of these limits, and what is used of them.
    #[must_use]
    pub fn of(limits: &Limits, amounts: &Amounts) -> Self {
        let max = |resource| limit(resource, limits[resource]);
        let used = |resource| amount(resource, amounts[resource]);
        Self {
            diskspace: max(R::Diskspace),
            diskspace_used: used(R::Diskspace),
            mysqls: max(R::Mysqls),
            mysqls_used: used(R::Mysqls),
            emails: max(R::Emails),
            emails_used: used(R::Emails),
            email_accounts: max(R::EmailAccounts),
            email_accounts_used: used(R::EmailAccounts),
            email_forwarders: max(R::EmailForwarders),
            email_forwarders_used: used(R::EmailForwarders),
            email_quota: max(R::EmailQuota),
            email_quota_used: used(R::EmailQuota),
            ftps: max(R::Ftps),
            ftps_used: used(R::Ftps),
            subdomains: max(R::Subdomains),
            subdomains_used: used(R::Subdomains),
            traffic: max(R::Traffic),
            traffic_used: used(R::Traffic),
        }
    }
}
