//! What refers to a customer.

use crate::entities::{api_key, database, domain_name, ftp_user, mail_address, mail_user};
use crate::{DbError, Reader};
use domain::customer::Customer;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

/// How many rows refer to a customer, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dependents {
    /// Domains and subdomains.
    pub domains: u64,
    /// FTP users.
    pub ftp_users: u64,
    /// Mailboxes.
    pub mailboxes: u64,
    /// Mail addresses.
    pub mail_addresses: u64,
    /// Databases.
    pub databases: u64,
    /// API keys.
    pub api_keys: u64,
}

/// Counts them.
///
/// # Errors
/// The database's.
pub async fn dependents(on: &Reader, customer: &Customer) -> Result<Dependents, DbError> {
    let id = customer.id.0;
    Ok(Dependents {
        domains: domain_name::Entity::find()
            .filter(domain_name::Column::CustomerId.eq(id))
            .count(&on.on())
            .await?,
        ftp_users: ftp_user::Entity::find()
            .filter(ftp_user::Column::CustomerId.eq(id))
            .count(&on.on())
            .await?,
        mailboxes: mail_user::Entity::find()
            .filter(mail_user::Column::CustomerId.eq(id))
            .count(&on.on())
            .await?,
        mail_addresses: mail_address::Entity::find()
            .filter(mail_address::Column::CustomerId.eq(id))
            .count(&on.on())
            .await?,
        databases: database::Entity::find()
            .filter(database::Column::CustomerId.eq(id))
            .count(&on.on())
            .await?,
        api_keys: api_key::Entity::find()
            .filter(api_key::Column::LoginId.eq(customer.login.0))
            .count(&on.on())
            .await?,
    })
}
