//! Domains of customers. The owner of a domain is the owner of its customer, so domains move with
//! their customer.

use super::entities::domain_name;
use super::{DbError, Reader, Tx};
use domain::customer::Customer;
use domain::id::{CustomerId, DomainId};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};

#[derive(Clone, Debug)]
pub struct NewDomain<'a> {
    pub customer: CustomerId,
    /// Name in ASCII (Punycode).
    pub name: &'a str,
    /// Whether it is the customer's standard subdomain.
    pub is_standard: bool,
    pub document_root: &'a str,
    pub php_enabled: bool,
}

/// Inserts a domain.
///
/// # Errors
/// [`DbError::UniqueViolation`] if another domain has this name.
pub async fn insert(tx: &Tx, new: &NewDomain<'_>, at: Timestamp) -> Result<DomainId, DbError> {
    Ok(DomainId(row(new, at).insert(&tx.on()).await?.id))
}

pub(super) fn row(new: &NewDomain<'_>, at: Timestamp) -> domain_name::ActiveModel {
    domain_name::ActiveModel {
        id: ActiveValue::NotSet,
        customer_id: Set(new.customer.0),
        parent_id: Set(None),
        name: Set(new.name.to_lowercase()),
        is_standard: Set(new.is_standard),
        document_root: Set(new.document_root.to_owned()),
        php_enabled: Set(new.php_enabled),
        open_basedir: Set(true),
        is_email_domain: Set(false),
        suspended: Set(false),
        created_at: Set(at.as_second()),
    }
}

pub async fn remove_standard(tx: &Tx, customer: &Customer) -> Result<(), DbError> {
    let query = domain_name::Entity::delete_many()
        .filter(domain_name::Column::CustomerId.eq(customer.id.0))
        .filter(domain_name::Column::IsStandard.eq(true));
    query.exec(&tx.on()).await?;
    Ok(())
}

/// Returns those of `names` that are taken.
pub async fn taken_names(on: &Reader, names: &[String]) -> Result<Vec<String>, DbError> {
    let query = domain_name::Entity::find()
        .select_only()
        .column(domain_name::Column::Name)
        .filter(domain_name::Column::Name.is_in(names));
    Ok(query.into_tuple().all(&on.on()).await?)
}

/// Returns the number of a customer's domains, without subdomains and the standard subdomain.
pub async fn count(on: &Reader, customer: CustomerId) -> Result<u64, DbError> {
    Ok(main_domains()
        .filter(domain_name::Column::CustomerId.eq(customer.0))
        .count(&on.on())
        .await?)
}

/// Returns the number of domains of each customer, as [`count`] does, in one query. Customers
/// without domains are omitted.
pub async fn count_by_customer(
    on: &Reader,
    customers: &[CustomerId],
) -> Result<Vec<(CustomerId, u64)>, DbError> {
    let found: Vec<(i64, i64)> = main_domains()
        .filter(domain_name::Column::CustomerId.is_in(customers.iter().map(|id| id.0)))
        .select_only()
        .column(domain_name::Column::CustomerId)
        .column_as(domain_name::Column::Id.count(), "n")
        .group_by(domain_name::Column::CustomerId)
        .into_tuple()
        .all(&on.on())
        .await?;
    Ok(found.into_iter().map(|(id, n)| (CustomerId(id), super::values::to_u64(n))).collect())
}

/// Returns the names of a customer's domains and subdomains, sorted, at most `limit`.
pub async fn names(on: &Reader, customer: CustomerId, limit: u64) -> Result<Vec<String>, DbError> {
    sorted_names(on, domain_name::Entity::find(), customer, limit).await
}

/// Returns the names of a customer's domains, without subdomains and the standard subdomain,
/// sorted, at most `limit`.
pub async fn main_names(
    on: &Reader,
    customer: CustomerId,
    limit: u64,
) -> Result<Vec<String>, DbError> {
    sorted_names(on, main_domains(), customer, limit).await
}

async fn sorted_names(
    on: &Reader,
    domains: sea_orm::Select<domain_name::Entity>,
    customer: CustomerId,
    limit: u64,
) -> Result<Vec<String>, DbError> {
    let query = domains
        .filter(domain_name::Column::CustomerId.eq(customer.0))
        .order_by_asc(domain_name::Column::Name);
    Ok(query
        .select_only()
        .column(domain_name::Column::Name)
        .limit(limit)
        .into_tuple()
        .all(&on.on())
        .await?)
}

fn main_domains() -> sea_orm::Select<domain_name::Entity> {
    domain_name::Entity::find()
        .filter(domain_name::Column::IsStandard.eq(false))
        .filter(domain_name::Column::ParentId.is_null())
}
