//! MySQL servers that customers may use.

use super::entities::{customer_mysql_server, database, mysql_server};
use super::values::to_u64;
use super::{DbError, Reader, Tx};
use domain::id::{CustomerId, MysqlServerId};
use domain::mysql::{AccessHost, MysqlServer};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use std::collections::HashMap;

/// Fields of a server, except for its administration URL.
#[derive(Clone, Debug)]
pub struct MysqlServerRow<'a> {
    /// Display name.
    pub name: &'a str,
    /// Host name or IP address.
    pub host: &'a str,
    pub port: u16,
    /// Hosts from which customers can connect.
    pub access_hosts: &'a [AccessHost],
}

fn into_server(row: mysql_server::Model) -> MysqlServer {
    MysqlServer {
        id: MysqlServerId(row.id),
        name: row.name,
        host: row.host,
        port: u16::try_from(row.port).unwrap_or(3306),
        access_hosts: AccessHost::parse_list(&row.access_hosts).unwrap_or_default(),
        administered: row.sealed_admin_url.is_some(),
    }
}

/// Returns all servers, ordered by id.
pub async fn all(on: &Reader) -> Result<Vec<MysqlServer>, DbError> {
    let rows =
        mysql_server::Entity::find().order_by_asc(mysql_server::Column::Id).all(&on.on()).await?;
    Ok(rows.into_iter().map(into_server).collect())
}

pub async fn find(on: &Reader, id: MysqlServerId) -> Result<Option<MysqlServer>, DbError> {
    Ok(mysql_server::Entity::find_by_id(id.0).one(&on.on()).await?.map(into_server))
}

/// Returns those of `ids` that do not exist.
pub async fn missing(on: &Reader, ids: &[MysqlServerId]) -> Result<Vec<MysqlServerId>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let known = all(on).await?;
    Ok(ids.iter().copied().filter(|id| !known.iter().any(|server| server.id == *id)).collect())
}

/// Updates a server. Without an id, inserts one and gives it the next id after the last.
///
/// # Errors
/// [`DbError::UniqueViolation`] if another transaction used the id meanwhile.
pub async fn save(
    tx: &Tx,
    id: Option<MysqlServerId>,
    server: &MysqlServerRow<'_>,
    at: Timestamp,
) -> Result<MysqlServerId, DbError> {
    let mut row = mysql_server::ActiveModel {
        id: ActiveValue::NotSet,
        name: Set(server.name.to_owned()),
        host: Set(server.host.to_owned()),
        port: Set(i32::from(server.port)),
        created_at: ActiveValue::NotSet,
        sealed_admin_url: ActiveValue::NotSet,
        access_hosts: Set(AccessHost::list(server.access_hosts)),
    };
    if let Some(id) = id {
        row.id = ActiveValue::Unchanged(id.0);
        row.update(&tx.on()).await?;
        return Ok(id);
    }
    let next = all(tx).await?.last().map_or(0, |server| server.id.0 + 1);
    row.id = Set(next);
    row.created_at = Set(at.as_second());
    mysql_server::Entity::insert(row).exec_without_returning(&tx.on()).await?;
    Ok(MysqlServerId(next))
}

/// Sets or removes the sealed administration URL of a server.
pub async fn set_admin_url(
    tx: &Tx,
    id: MysqlServerId,
    sealed: Option<&str>,
) -> Result<(), DbError> {
    mysql_server::Entity::update_many()
        .col_expr(mysql_server::Column::SealedAdminUrl, Expr::value(sealed.map(ToOwned::to_owned)))
        .filter(mysql_server::Column::Id.eq(id.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Returns the sealed administration URL of a server, or `None` if the server has none or does not
/// exist.
pub async fn admin_url(on: &Reader, id: MysqlServerId) -> Result<Option<String>, DbError> {
    Ok(mysql_server::Entity::find_by_id(id.0)
        .one(&on.on())
        .await?
        .and_then(|row| row.sealed_admin_url))
}

/// Returns the number of customers who can use a server.
pub async fn count_customers(on: &Reader, id: MysqlServerId) -> Result<u64, DbError> {
    Ok(customer_mysql_server::Entity::find()
        .filter(customer_mysql_server::Column::MysqlServerId.eq(id.0))
        .count(&on.on())
        .await?)
}

/// Returns the servers on which a customer has databases.
pub async fn servers_with_databases_of(
    on: &Reader,
    customer: CustomerId,
) -> Result<Vec<MysqlServerId>, DbError> {
    let query = database::Entity::find().filter(database::Column::CustomerId.eq(customer.0));
    let ids: Vec<i64> = query
        .select_only()
        .column(database::Column::MysqlServerId)
        .distinct()
        .into_tuple()
        .all(&on.on())
        .await?;
    Ok(ids.into_iter().map(MysqlServerId).collect())
}

/// Returns the number of customers who can use each server. Servers without customers are omitted.
pub async fn customer_counts(on: &Reader) -> Result<HashMap<MysqlServerId, u64>, DbError> {
    let id = customer_mysql_server::Column::MysqlServerId;
    let query = customer_mysql_server::Entity::find()
        .select_only()
        .column(id)
        .column_as(customer_mysql_server::Column::CustomerId.count(), "customers");
    let found: Vec<(i64, i64)> = query.group_by(id).into_tuple().all(&on.on()).await?;
    Ok(found.into_iter().map(|(id, customers)| (MysqlServerId(id), to_u64(customers))).collect())
}

/// Removes a server that no customer can use and that holds no database. Returns whether it
/// existed.
///
/// # Errors
/// [`DbError::ForeignKeyViolation`] if the server is in use.
pub async fn remove(tx: &Tx, id: MysqlServerId) -> Result<bool, DbError> {
    Ok(mysql_server::Entity::delete_by_id(id.0).exec(&tx.on()).await?.rows_affected == 1)
}
