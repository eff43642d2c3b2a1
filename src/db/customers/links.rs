//! PHP configurations and MySQL servers that customers may use.

use crate::entities::{customer_mysql_server, customer_php_config};
use crate::{DbError, Reader, Tx};
use domain::customer::Profile;
use domain::id::{MysqlServerId, PhpConfigId};
use sea_orm::sea_query::{Expr, UnionType};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _, Set,
};
use std::collections::HashMap;

/// Linked ids by customer.
#[derive(Default)]
pub(super) struct Links {
    php: HashMap<i64, Vec<PhpConfigId>>,
    mysql: HashMap<i64, Vec<MysqlServerId>>,
}

impl Links {
    /// Removes and returns the ids of one customer.
    pub fn take(&mut self, customer: i64) -> (Vec<PhpConfigId>, Vec<MysqlServerId>) {
        (
            self.php.remove(&customer).unwrap_or_default(),
            self.mysql.remove(&customer).unwrap_or_default(),
        )
    }
}

/// Reads the links of the given customers, in one statement.
pub(super) async fn read(on: &Reader, customers: &[i64]) -> Result<Links, DbError> {
    let mut links = Links::default();
    if customers.is_empty() {
        return Ok(links);
    }
    let mut query = customer_php_config::Entity::find()
        .filter(customer_php_config::Column::CustomerId.is_in(customers.iter().copied()))
        .select_only()
        .column(customer_php_config::Column::CustomerId)
        .column(customer_php_config::Column::PhpConfigId)
        .expr(Expr::val(0_i64))
        .into_query();
    let servers = customer_mysql_server::Entity::find()
        .filter(customer_mysql_server::Column::CustomerId.is_in(customers.iter().copied()))
        .select_only()
        .column(customer_mysql_server::Column::CustomerId)
        .column(customer_mysql_server::Column::MysqlServerId)
        .expr(Expr::val(1_i64))
        .into_query();
    for row in on.on().query_all(query.union(UnionType::All, servers)).await? {
        let number = |index| row.try_get_by_index::<i64>(index);
        let (customer, linked) = (number(0)?, number(1)?);
        match number(2)? {
            0 => links.php.entry(customer).or_default().push(PhpConfigId(linked)),
            _ => links.mysql.entry(customer).or_default().push(MysqlServerId(linked)),
        }
    }
    links.php.values_mut().for_each(|ids| ids.sort_unstable());
    links.mysql.values_mut().for_each(|ids| ids.sort_unstable());
    Ok(links)
}

/// Replaces the links of a customer with those of the profile. `before` is the stored profile, or
/// `None` for a new customer.
pub(super) async fn write(
    tx: &Tx,
    customer: i64,
    before: Option<&Profile>,
    profile: &Profile,
) -> Result<(), DbError> {
    let none = Vec::new();
    let known = before.map_or(&none, |profile| &profile.services.php_configs);
    if *known != profile.services.php_configs {
        let of_customer = customer_php_config::Column::CustomerId.eq(customer);
        customer_php_config::Entity::delete_many().filter(of_customer).exec(&tx.on()).await?;
        let rows = profile.services.php_configs.iter().map(|id| customer_php_config::ActiveModel {
            customer_id: Set(customer),
            php_config_id: Set(id.0),
        });
        insert_all::<customer_php_config::Entity, _>(tx, rows.collect()).await?;
    }
    let none = Vec::new();
    let known = before.map_or(&none, |profile| &profile.mysql_servers);
    if *known != profile.mysql_servers {
        let of_customer = customer_mysql_server::Column::CustomerId.eq(customer);
        customer_mysql_server::Entity::delete_many().filter(of_customer).exec(&tx.on()).await?;
        let rows = profile.mysql_servers.iter().map(|id| customer_mysql_server::ActiveModel {
            customer_id: Set(customer),
            mysql_server_id: Set(id.0),
        });
        insert_all::<customer_mysql_server::Entity, _>(tx, rows.collect()).await?;
    }
    Ok(())
}

async fn insert_all<E, A>(tx: &Tx, rows: Vec<A>) -> Result<(), DbError>
where
    E: sea_orm::EntityTrait,
    A: sea_orm::ActiveModelTrait<Entity = E>,
{
    if !rows.is_empty() {
        E::insert_many(rows).exec_without_returning(&tx.on()).await?;
    }
    Ok(())
}
