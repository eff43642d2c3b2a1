//! PHP configurations and MySQL servers that customers may use.

use crate::bulk::insert_all;
use crate::entities::{customer_mysql_server, customer_php_config};
use crate::links::{self, Links};
use crate::{DbError, Reader, Tx};
use domain::customer::Profile;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

/// Reads the links of the given customers.
pub(super) async fn read(on: &Reader, customers: &[i64]) -> Result<Links, DbError> {
    use customer_mysql_server::Column as Mysql;
    use customer_php_config::Column as Php;
    let php = [Php::CustomerId, Php::PhpConfigId];
    links::read(on, customers, php, [Mysql::CustomerId, Mysql::MysqlServerId]).await
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
    let stored = before.map_or(&none, |profile| &profile.services.php_configs);
    if *stored != profile.services.php_configs {
        let of_customer = customer_php_config::Column::CustomerId.eq(customer);
        customer_php_config::Entity::delete_many().filter(of_customer).exec(&tx.on()).await?;
        let rows = profile.services.php_configs.iter().map(|id| customer_php_config::ActiveModel {
            customer_id: Set(customer),
            php_config_id: Set(id.0),
        });
        insert_all::<customer_php_config::Entity, _>(tx, rows.collect()).await?;
    }
    let none = Vec::new();
    let stored = before.map_or(&none, |profile| &profile.mysql_servers);
    if *stored != profile.mysql_servers {
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
