//! Counts the data that a deletion removes, for the page that confirms it.

use crate::{Outcome, View};
use domain::customer::Customer;

/// Data that is deleted with a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeletionImpact {
    /// Domains and subdomains, including the standard subdomain.
    pub domains: u64,
    /// FTP users, including the default one.
    pub ftp_users: u64,
    pub mailboxes: u64,
    pub mail_addresses: u64,
    pub databases: u64,
    pub api_keys: u64,
    /// Names of the first 20 domains.
    pub domain_names: Vec<String>,
}

/// Counts the data that is deleted with a customer. The customer must come from a scoped read.
pub async fn deletion_impact(view: View<'_>, customer: &Customer) -> Outcome<DeletionImpact> {
    let counts = db::customers::count_dependents(view.on, customer).await?;
    Ok(DeletionImpact {
        domains: counts.domains,
        ftp_users: counts.ftp_users,
        mailboxes: counts.mailboxes,
        mail_addresses: counts.mail_addresses,
        databases: counts.databases,
        api_keys: counts.api_keys,
        domain_names: db::domains::names(view.on, customer.id, 20).await?,
    })
}
