//! Accounts that were made for customers on MySQL servers, and the passwords they have there,
//! sealed.

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

/// The accounts on a server that bear this name or were made for this customer.
///
/// # Errors
/// The database's.
pub async fn on_server(
    on: &Reader,
    server: MysqlServerId,
    customer: CustomerId,
    name: &str,
) -> Result<Vec<MysqlAccount>, DbError> {
    let whose = Condition::any()
        .add(mysql_account::Column::CustomerId.eq(customer.0))
        .add(mysql_account::Column::Name.eq(name));
    let query = mysql_account::Entity::find()
        .filter(mysql_account::Column::MysqlServerId.eq(server.0))
        .filter(whose);
    Ok(query
        .order_by_asc(mysql_account::Column::Id)
        .all(&on.on())
        .await?
        .into_iter()
        .map(into_account)
        .collect())
}

/// On which servers a customer has accounts.
///
/// # Errors
/// The database's.
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

/// Notes that an account is about to be made, so that it is known as ours whatever happens then.
///
/// # Errors
/// [`DbError::Taken`] when it is noted already.
pub async fn note(
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

/// Forgets an account that was removed; gives whether it was still noted.
///
/// # Errors
/// The database's.
pub async fn forget(tx: &Tx, account: &MysqlAccount) -> Result<bool, DbError> {
    Ok(mysql_account::Entity::delete_by_id(account.id).exec(&tx.on()).await?.rows_affected == 1)
}

/// Forgets all accounts on a server that is not administered any more. They stay what they are.
///
/// # Errors
/// The database's.
pub async fn forget_server(tx: &Tx, server: MysqlServerId) -> Result<u64, DbError> {
    let query = mysql_account::Entity::delete_many()
        .filter(mysql_account::Column::MysqlServerId.eq(server.0));
    Ok(query.exec(&tx.on()).await?.rows_affected)
}

/// Keeps a customer's password for MySQL servers, sealed, in place of the one before.
///
/// # Errors
/// The database's.
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

/// Keeps the sealed passwords of customers who have none yet.
///
/// # Errors
/// The database's.
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

/// A customer's password for MySQL servers, sealed; nothing for one who was brought in with an old
/// hash and has kept it.
///
/// # Errors
/// The database's.
pub async fn password(on: &Reader, customer: CustomerId) -> Result<Option<String>, DbError> {
    Ok(mysql_password::Entity::find_by_id(customer.0).one(&on.on()).await?.map(|row| row.sealed))
}

/// A customer's databases on a server; what cannot be a customer's is left out.
///
/// # Errors
/// The database's.
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

/// Whether a database of this name on the server belongs to somebody.
///
/// # Errors
/// The database's.
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

/// The next customers after `after` who may use a server, by id, with their login names.
///
/// # Errors
/// The database's.
pub async fn allowed_on(
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

/// What a customer's account on a server should be like; nothing where he should have none.
///
/// # Errors
/// The database's.
pub async fn wanted(
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
        sealed_password: password(on, customer).await?,
        databases: databases(on, customer, server).await?,
    }))
}
