//! PHP configurations, MySQL servers and switches that admins may assign, and how many of their
//! customers have them.

use crate::bulk::insert_all;
use crate::entities::{
    admin, admin_mysql_server, admin_php_config, customer, customer_mysql_server,
    customer_php_config,
};
use crate::links::{self, Links};
use crate::values::to_u64;
use crate::{DbError, Reader, Tx};
use domain::grants::{Grant, Grants};
use domain::id::{AdminId, MysqlServerId, PhpConfigId};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, JoinType, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, RelationDef, Set,
};

/// Reads the granted ids of these admins. Skips admins who may assign all PHP configurations and
/// all MySQL servers.
pub(super) async fn read<'a>(
    on: &Reader,
    rows: impl Iterator<Item = &'a admin::Model>,
) -> Result<Links, DbError> {
    use admin_mysql_server::Column as Mysql;
    use admin_php_config::Column as Php;
    let ids: Vec<i64> = rows
        .filter(|row| !(row.all_php_configs && row.all_mysql_servers))
        .map(|row| row.id)
        .collect();
    let php = [Php::AdminId, Php::PhpConfigId];
    links::read(on, &ids, php, [Mysql::AdminId, Mysql::MysqlServerId]).await
}

/// Removes the granted ids of an admin from `links` and returns their grants.
pub(super) fn take(links: &mut Links, row: &admin::Model) -> Grants {
    let (php, mysql) = links.take(row.id);
    Grants {
        php_configs: if row.all_php_configs { Grant::All } else { Grant::Only(php) },
        mysql_servers: if row.all_mysql_servers { Grant::All } else { Grant::Only(mysql) },
        shell: row.shell_allowed,
        perl: row.perl_enabled,
    }
}

/// Replaces the granted ids of an admin with those of the grants, if they differ. `before` are the
/// stored grants, or `None` for a new admin.
pub(super) async fn write(
    tx: &Tx,
    admin: i64,
    before: Option<&Grants>,
    grants: &Grants,
) -> Result<(), DbError> {
    if before.is_none_or(|before| before.php_configs != grants.php_configs) {
        admin_php_config::Entity::delete_many()
            .filter(admin_php_config::Column::AdminId.eq(admin))
            .exec(&tx.on())
            .await?;
        if let Grant::Only(ids) = &grants.php_configs {
            let rows = ids.iter().map(|id| admin_php_config::ActiveModel {
                admin_id: Set(admin),
                php_config_id: Set(id.0),
            });
            insert_all::<admin_php_config::Entity, _>(tx, rows.collect()).await?;
        }
    }
    if before.is_none_or(|before| before.mysql_servers != grants.mysql_servers) {
        admin_mysql_server::Entity::delete_many()
            .filter(admin_mysql_server::Column::AdminId.eq(admin))
            .exec(&tx.on())
            .await?;
        if let Grant::Only(ids) = &grants.mysql_servers {
            let rows = ids.iter().map(|id| admin_mysql_server::ActiveModel {
                admin_id: Set(admin),
                mysql_server_id: Set(id.0),
            });
            insert_all::<admin_mysql_server::Entity, _>(tx, rows.collect()).await?;
        }
    }
    Ok(())
}

/// Locks an admin's row until the transaction ends. Transactions that assign anything to a customer
/// of the admin lock the row, too, so later counts in this transaction stay valid.
pub async fn lock_row(tx: &Tx, admin: AdminId) -> Result<(), DbError> {
    admin::Entity::find_by_id(admin.0).lock_exclusive().one(&tx.on()).await?;
    Ok(())
}

/// Returns the PHP configurations that customers of the admin have, with the number of these
/// customers.
pub async fn php_configs_in_use(
    on: &Reader,
    admin: AdminId,
) -> Result<Vec<(PhpConfigId, u64)>, DbError> {
    let config = customer_php_config::Column::PhpConfigId;
    let to_customer = customer_php_config::Entity::belongs_to(customer::Entity)
        .from(customer_php_config::Column::CustomerId)
        .to(customer::Column::Id);
    let query = customer_php_config::Entity::find()
        .select_only()
        .column(config)
        .column_as(customer_php_config::Column::CustomerId.count(), "customers")
        .join(JoinType::InnerJoin, RelationDef::from(to_customer))
        .filter(customer::Column::OwnerId.eq(admin.0))
        .group_by(config);
    let found: Vec<(i64, i64)> = query.into_tuple().all(&on.on()).await?;
    Ok(found.into_iter().map(|(id, customers)| (PhpConfigId(id), to_u64(customers))).collect())
}

/// Returns the MySQL servers that customers of the admin have, with the number of these customers.
pub async fn mysql_servers_in_use(
    on: &Reader,
    admin: AdminId,
) -> Result<Vec<(MysqlServerId, u64)>, DbError> {
    let server = customer_mysql_server::Column::MysqlServerId;
    let to_customer = customer_mysql_server::Entity::belongs_to(customer::Entity)
        .from(customer_mysql_server::Column::CustomerId)
        .to(customer::Column::Id);
    let query = customer_mysql_server::Entity::find()
        .select_only()
        .column(server)
        .column_as(customer_mysql_server::Column::CustomerId.count(), "customers")
        .join(JoinType::InnerJoin, RelationDef::from(to_customer))
        .filter(customer::Column::OwnerId.eq(admin.0))
        .group_by(server);
    let found: Vec<(i64, i64)> = query.into_tuple().all(&on.on()).await?;
    Ok(found.into_iter().map(|(id, customers)| (MysqlServerId(id), to_u64(customers))).collect())
}

/// Returns how many customers of the admin have shell access, and how many have Perl.
pub async fn switches_in_use(on: &Reader, admin: AdminId) -> Result<(u64, u64), DbError> {
    let with = |column: customer::Column| {
        customer::Entity::find()
            .filter(customer::Column::OwnerId.eq(admin.0))
            .filter(column.eq(true))
    };
    let shells = with(customer::Column::ShellAllowed).count(&on.on()).await?;
    Ok((shells, with(customer::Column::PerlEnabled).count(&on.on()).await?))
}
