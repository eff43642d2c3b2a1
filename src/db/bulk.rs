//! Inserts many customers at once, such as demo data: a few statements per batch instead of several
//! per customer. Callers must check the rules that services check for a single customer.

use super::customers::columns;
use super::entities::{
    customer, customer_mysql_server, customer_php_config, domain_name, ftp_group, ftp_user, login,
};
use super::values::{MAX_VALUES, to_column};
use super::{DbError, Reader, Tx, ftp};
use domain::customer::{DiskUsageParts, Profile, SignInHistory};
use domain::id::{AdminId, CustomerId};
use domain::login_name::LoginName;
use domain::natural_order;
use domain::resources::Amounts;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ActiveValue, EntityTrait, Iterable as _, QueryFilter as _, QuerySelect as _,
    Set, Value,
};
use std::collections::HashMap;

/// A customer with their login, FTP user and domains.
#[derive(Clone, Debug)]
pub struct BulkCustomer {
    pub login_name: LoginName,
    pub owner: AdminId,
    pub profile: Profile,
    /// UNIX user and group id.
    pub guid: i64,
    /// Home directory of the customer.
    pub document_root: String,
    pub suspended: bool,
    /// Usage of each countable resource.
    pub used: Amounts,
    pub space: DiskUsageParts,
    pub sign_in: SignInHistory,
    pub created_at: Timestamp,
    pub standard_subdomain: Option<String>,
    pub domains: Vec<String>,
}

/// Password hashes of a customer.
#[derive(Clone, Copy, Debug)]
pub struct Hashes<'a> {
    pub panel: &'a str,
    pub ftp: &'a str,
}

/// Returns whether any customer exists.
pub async fn any_customer(on: &Reader) -> Result<bool, DbError> {
    Ok(customer::Entity::find()
        .select_only()
        .column(customer::Column::Id)
        .limit(1)
        .into_tuple::<i64>()
        .one(&on.on())
        .await?
        .is_some())
}

/// Inserts customers with their logins, FTP users and groups, domains, PHP configurations and MySQL
/// servers. `hashes` has the same order as `customers`. The counters of the owners stay unchanged.
/// Returns the ids in the same order.
///
/// # Errors
/// [`DbError::UniqueViolation`] if a name is taken.
pub async fn insert(
    tx: &Tx,
    customers: &[BulkCustomer],
    hashes: &[Hashes<'_>],
) -> Result<Vec<CustomerId>, DbError> {
    let logins = customers
        .iter()
        .zip(hashes)
        .map(|(customer, hashes)| login_row(customer, hashes.panel))
        .collect();
    insert_all::<login::Entity, _>(tx, logins).await?;
    let names: Vec<String> = customers.iter().map(|customer| customer.login_name.key()).collect();
    let logins: HashMap<String, i64> =
        ids(tx, login::Column::Id, login::Column::NameKey, &names).await?;
    let missing = || DbError::Other(sea_orm::DbErr::RecordNotInserted);
    let mut rows = Vec::with_capacity(customers.len());
    for (customer, name) in customers.iter().zip(&names) {
        rows.push(customer_row(customer, *logins.get(name).ok_or_else(missing)?));
    }
    insert_all::<customer::Entity, _>(tx, rows).await?;
    let guids: Vec<i64> = customers.iter().map(|customer| customer.guid).collect();
    let found: HashMap<i64, i64> =
        ids(tx, customer::Column::Id, customer::Column::Guid, &guids).await?;
    let with_id: Vec<(i64, &BulkCustomer)> = customers
        .iter()
        .map(|customer| found.get(&customer.guid).map(|id| (*id, customer)).ok_or_else(missing))
        .collect::<Result<_, _>>()?;
    let ftp_users = with_id
        .iter()
        .zip(hashes)
        .map(|((id, customer), hashes)| ftp_user_row(*id, customer, hashes.ftp));
    insert_all::<ftp_user::Entity, _>(tx, ftp_users.collect()).await?;
    insert_all::<ftp_group::Entity, _>(
        tx,
        with_id.iter().map(|(id, customer)| ftp_group_row(*id, customer)).collect(),
    )
    .await?;
    insert_all::<domain_name::Entity, _>(
        tx,
        with_id.iter().flat_map(|(id, customer)| domain_rows(*id, customer)).collect(),
    )
    .await?;
    insert_links(tx, &with_id).await?;
    Ok(with_id.into_iter().map(|(id, _)| CustomerId(id)).collect())
}

async fn insert_links(tx: &Tx, with_id: &[(i64, &BulkCustomer)]) -> Result<(), DbError> {
    let php = with_id.iter().flat_map(|(id, customer)| {
        let chosen = customer.profile.services.php_configs.iter();
        chosen.map(|config| customer_php_config::ActiveModel {
            customer_id: Set(*id),
            php_config_id: Set(config.0),
        })
    });
    insert_all::<customer_php_config::Entity, _>(tx, php.collect()).await?;
    let mysql = with_id.iter().flat_map(|(id, customer)| {
        let chosen = customer.profile.mysql_servers.iter();
        chosen.map(|server| customer_mysql_server::ActiveModel {
            customer_id: Set(*id),
            mysql_server_id: Set(server.0),
        })
    });
    insert_all::<customer_mysql_server::Entity, _>(tx, mysql.collect()).await
}

/// Returns the ids of rows that were just inserted, by another unique column.
pub(super) async fn ids<C, K>(
    tx: &Tx,
    id: C,
    key: C,
    keys: &[K],
) -> Result<HashMap<K, i64>, DbError>
where
    C: sea_orm::ColumnTrait,
    K: Clone + Into<Value> + std::hash::Hash + Eq + sea_orm::TryGetable + Send,
    C::EntityName: EntityTrait<Column = C>,
{
    let mut found = HashMap::with_capacity(keys.len());
    for chunk in keys.chunks(MAX_VALUES) {
        let query = C::EntityName::find()
            .select_only()
            .column(key)
            .column(id)
            .filter(key.is_in(chunk.iter().cloned()));
        found.extend(query.into_tuple::<(K, i64)>().all(&tx.on()).await?);
    }
    Ok(found)
}

pub(super) async fn insert_all<E, A>(tx: &Tx, rows: Vec<A>) -> Result<(), DbError>
where
    E: EntityTrait,
    A: ActiveModelTrait<Entity = E>,
{
    let size = MAX_VALUES / E::Column::iter().count().max(1);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        E::insert_many(rows.by_ref().take(size).collect::<Vec<_>>())
            .exec_without_returning(&tx.on())
            .await?;
    }
    Ok(())
}

fn login_row(customer: &BulkCustomer, hash: &str) -> login::ActiveModel {
    let history = &customer.sign_in;
    login::ActiveModel {
        id: ActiveValue::NotSet,
        name_key: Set(customer.login_name.key()),
        kind: Set("customer".to_owned()),
        password_hash: Set(hash.to_owned()),
        failed_count: Set(i64::from(history.failures)),
        last_failed_at: Set(history.last_failure.map(Timestamp::as_second)),
        last_sign_in_at: Set(history.last_success.map(Timestamp::as_second)),
        password_changed_at: Set(Some(customer.created_at.as_second())),
        password_version: Set(0),
    }
}

fn customer_row(new: &BulkCustomer, login: i64) -> customer::ActiveModel {
    let mut row = columns(&new.login_name, &new.profile, new.created_at);
    row.login_id = Set(login);
    row.owner_id = Set(new.owner.0);
    row.login_name = Set(new.login_name.as_str().to_owned());
    row.login_sort = Set(natural_order::sort_key(new.login_name.as_str()));
    row.guid = Set(new.guid);
    row.document_root = Set(new.document_root.clone());
    row.created_at = Set(new.created_at.as_second());
    row.suspended = Set(new.suspended);
    row.version = Set(1);
    row.web_used = Set(to_column(new.space.web));
    row.mail_used = Set(to_column(new.space.mail));
    row.mysql_used = Set(to_column(new.space.mysql));
    row.set_usage(&new.used);
    row
}

fn ftp_user_row(id: i64, customer: &BulkCustomer, hash: &str) -> ftp_user::ActiveModel {
    ftp::default_user(&default_ftp(id, customer, hash), customer.created_at)
}

fn ftp_group_row(id: i64, customer: &BulkCustomer) -> ftp_group::ActiveModel {
    ftp::default_group(&default_ftp(id, customer, ""))
}

fn default_ftp<'a>(
    id: i64,
    customer: &'a BulkCustomer,
    password_hash: &'a str,
) -> ftp::DefaultFtp<'a> {
    ftp::DefaultFtp {
        customer: CustomerId(id),
        name: customer.login_name.as_str(),
        password_hash,
        guid: customer.guid,
        home_dir: &customer.document_root,
    }
}

fn domain_rows(
    id: i64,
    customer: &BulkCustomer,
) -> impl Iterator<Item = domain_name::ActiveModel> + '_ {
    let standard = customer.standard_subdomain.iter().map(|name| (name, true));
    let all = standard.chain(customer.domains.iter().map(|name| (name, false)));
    all.map(move |(name, is_standard)| {
        let new = super::domains::NewDomain {
            customer: CustomerId(id),
            name,
            is_standard,
            document_root: &customer.document_root,
            php_enabled: customer.profile.services.php,
        };
        super::domains::row(&new, customer.created_at)
    })
}
