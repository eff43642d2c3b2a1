//! Counts the objects that belong to a customer.

use crate::entities::{api_key, database, domain_name, ftp_user, mail_address, mail_user};
use crate::{DbError, Reader};
use domain::customer::Customer;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

/// Numbers of objects that belong to a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dependents {
    /// Includes subdomains.
    pub domains: u64,
    pub ftp_users: u64,
    pub mailboxes: u64,
    pub mail_addresses: u64,
    pub databases: u64,
    pub api_keys: u64,
}

/// Counts the objects that belong to the customer.
pub async fn count_dependents(on: &Reader, customer: &Customer) -> Result<Dependents, DbError> {
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
