//! Accounts that were created for customers on MySQL servers, and their sealed password hashes.

use super::entities::{customer, customer_mysql_server, database, mysql_account, mysql_password};
use super::{DbError, Reader, Tx, bulk};
use domain::id::{CustomerId, MysqlServerId};
use domain::mysql::{DatabaseName, MysqlAccount, WantedAccount};
use jiff::Timestamp;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, Condition, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};

fn into_account(row: mysql_account::Model) -> MysqlAccount {
    MysqlAccount {
        id: row.id,
        customer: CustomerId(row.customer_id),
        server: MysqlServerId(row.mysql_server_id),
        name: row.name,
        host: row.host,
    }
}

/// Returns the accounts on a server that have this name or were created for this customer.
pub async fn find_on_server(
    on: &Reader,
    server: MysqlServerId,
    customer: CustomerId,
    name: &str,
) -> Result<Vec<MysqlAccount>, DbError> {
    let matches = Condition::any()
        .add(mysql_account::Column::CustomerId.eq(customer.0))
        .add(mysql_account::Column::Name.eq(name));
    let query = mysql_account::Entity::find()
        .filter(mysql_account::Column::MysqlServerId.eq(server.0))
        .filter(matches);
    Ok(query
        .order_by_asc(mysql_account::Column::Id)
        .all(&on.on())
        .await?
        .into_iter()
        .map(into_account)
        .collect())
}

/// Returns the servers on which a customer has accounts.
pub async fn servers_of(on: &Reader, customer: CustomerId) -> Result<Vec<MysqlServerId>, DbError> {
    let query =
        mysql_account::Entity::find().filter(mysql_account::Column::CustomerId.eq(customer.0));
    let ids: Vec<i64> = query
        .select_only()
        .column(mysql_account::Column::MysqlServerId)
        .distinct()
        .into_tuple()
        .all(&on.on())
        .await?;
    Ok(ids.into_iter().map(MysqlServerId).collect())
}

/// Records an account before it is created on the server. The record is then kept even if the
/// worker dies after creating the account.
///
/// # Errors
/// [`DbError::UniqueViolation`] if it is already recorded.
pub async fn record(
    tx: &Tx,
    customer: CustomerId,
    server: MysqlServerId,
    name: &str,
    host: &str,
) -> Result<(), DbError> {
    let row = mysql_account::ActiveModel {
        id: ActiveValue::NotSet,
        customer_id: Set(customer.0),
        mysql_server_id: Set(server.0),
        name: Set(name.to_owned()),
        host: Set(host.to_owned()),
    };
    row.insert(&tx.on()).await?;
    Ok(())
}

/// Deletes the record of an account that was removed from the server. Returns whether it existed.
pub async fn delete(tx: &Tx, account: &MysqlAccount) -> Result<bool, DbError> {
    Ok(mysql_account::Entity::delete_by_id(account.id).exec(&tx.on()).await?.rows_affected == 1)
}

/// Deletes the records of all accounts on a server that is no longer administered. The accounts on
/// the server stay as they are. Returns the number of records.
pub async fn remove_server_records(tx: &Tx, server: MysqlServerId) -> Result<u64, DbError> {
    let query = mysql_account::Entity::delete_many()
        .filter(mysql_account::Column::MysqlServerId.eq(server.0));
    Ok(query.exec(&tx.on()).await?.rows_affected)
}

/// Stores a customer's sealed password hash for MySQL servers, which replaces the earlier one.
pub async fn set_password(
    tx: &Tx,
    customer: CustomerId,
    sealed: &str,
    at: Timestamp,
) -> Result<(), DbError> {
    let row = mysql_password::ActiveModel {
        customer_id: Set(customer.0),
        sealed: Set(sealed.to_owned()),
        changed_at: Set(at.as_second()),
    };
    let replace = OnConflict::column(mysql_password::Column::CustomerId)
        .update_columns([mysql_password::Column::Sealed, mysql_password::Column::ChangedAt])
        .to_owned();
    mysql_password::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(&tx.on())
        .await?;
    Ok(())
}

/// Stores the sealed password hashes of customers who have none yet.
pub async fn insert_passwords(
    tx: &Tx,
    passwords: Vec<(CustomerId, String)>,
    at: Timestamp,
) -> Result<(), DbError> {
    let row = |(customer, sealed): (CustomerId, String)| mysql_password::ActiveModel {
        customer_id: Set(customer.0),
        sealed: Set(sealed),
        changed_at: Set(at.as_second()),
    };
    bulk::insert_all::<mysql_password::Entity, _>(tx, passwords.into_iter().map(row).collect())
        .await
}

/// Returns a customer's sealed password hash for MySQL servers. Returns `None` for customers who
/// were imported with an old hash and have not changed their password since.
pub async fn find_password(on: &Reader, customer: CustomerId) -> Result<Option<String>, DbError> {
    Ok(mysql_password::Entity::find_by_id(customer.0).one(&on.on()).await?.map(|row| row.sealed))
}

/// Returns a customer's databases on a server. Names that cannot belong to a customer are omitted.
pub async fn databases(
    on: &Reader,
    customer: CustomerId,
    server: MysqlServerId,
) -> Result<Vec<DatabaseName>, DbError> {
    let query = database::Entity::find()
        .filter(database::Column::CustomerId.eq(customer.0))
        .filter(database::Column::MysqlServerId.eq(server.0))
        .order_by_asc(database::Column::Name);
    let names: Vec<String> =
        query.select_only().column(database::Column::Name).into_tuple().all(&on.on()).await?;
    Ok(names.iter().filter_map(|name| DatabaseName::parse(name)).collect())
}

/// Returns whether any customer owns a database with this name on the server.
pub async fn is_owned(
    on: &Reader,
    server: MysqlServerId,
    name: &DatabaseName,
) -> Result<bool, DbError> {
    let query = database::Entity::find()
        .filter(database::Column::MysqlServerId.eq(server.0))
        .filter(database::Column::Name.eq(name.as_str()));
    Ok(query.one(&on.on()).await?.is_some())
}

/// Returns the next customers after `after` who can use a server, ordered by id, with their login
/// names.
pub async fn customers_allowed_on(
    on: &Reader,
    server: MysqlServerId,
    after: CustomerId,
    limit: u64,
) -> Result<Vec<(CustomerId, String)>, DbError> {
    let allowed = Query::select()
        .column(customer_mysql_server::Column::CustomerId)
        .from(customer_mysql_server::Entity)
        .and_where(customer_mysql_server::Column::MysqlServerId.eq(server.0))
        .to_owned();
    let query = customer::Entity::find()
        .select_only()
        .columns([customer::Column::Id, customer::Column::LoginName])
        .filter(customer::Column::Id.in_subquery(allowed))
        .filter(customer::Column::Id.gt(after.0))
        .order_by_asc(customer::Column::Id)
        .limit(limit);
    let rows: Vec<(i64, String)> = query.into_tuple().all(&on.on()).await?;
    Ok(rows.into_iter().map(|(id, name)| (CustomerId(id), name)).collect())
}

/// Returns the account that a customer should have on a server, or `None` if they should have none.
pub async fn wanted_account(
    on: &Reader,
    customer: CustomerId,
    server: MysqlServerId,
) -> Result<Option<WantedAccount>, DbError> {
    let allowed = customer_mysql_server::Entity::find_by_id((customer.0, server.0))
        .one(&on.on())
        .await?
        .is_some();
    let row = customer::Entity::find_by_id(customer.0).one(&on.on()).await?;
    let Some(row) = row.filter(|_| allowed) else { return Ok(None) };
    Ok(Some(WantedAccount {
        name: row.login_name,
        locked: row.suspended,
        sealed_password: find_password(on, customer).await?,
        databases: databases(on, customer, server).await?,
    }))
}
