//! What a deletion takes along: shown before it is confirmed.

use crate::{Outcome, View};
use domain::customer::Customer;

/// What goes with a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// His domains and subdomains.
    pub domains: u64,
    /// FTP users, the default one included.
    pub ftp_users: u64,
    /// Mailboxes.
    pub mailboxes: u64,
    /// Mail addresses.
    pub mail_addresses: u64,
    /// Databases.
    pub databases: u64,
    /// API keys.
    pub api_keys: u64,
    /// Names of the first few domains.
    pub domain_names: Vec<String>,
}

/// Counts what goes with a customer whom a scoped read returned.
///
/// # Errors
/// The database's.
pub async fn impact(view: View<'_>, customer: &Customer) -> Outcome<Impact> {
    let counts = db::customers::dependents(view.on, customer).await?;
    Ok(Impact {
        domains: counts.domains,
        ftp_users: counts.ftp_users,
        mailboxes: counts.mailboxes,
        mail_addresses: counts.mail_addresses,
        databases: counts.databases,
        api_keys: counts.api_keys,
        domain_names: db::domains::names(view.on, customer.id, 20).await?,
    })
}
