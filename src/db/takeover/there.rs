//! What is there already.

use super::Copied;
use crate::admins as admins_read;
use crate::entities::{admin, api_key, customer, login, mail_template, php_config, plan};
use crate::{DbError, Reader};
use domain::admin::{Admin, FIRST};
use domain::id::PhpConfigId;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, RelationDef, Select,
};

/// A row that is there: its id, and the text by which people know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct There {
    /// Its id.
    pub id: i64,
    /// Its natural key.
    pub key: String,
}

/// An account that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountThere {
    /// Id of the admin or customer.
    pub id: i64,
    /// His login.
    pub login: i64,
    /// His login name in lower case.
    pub name_key: String,
    /// UNIX user and group id; admins have none.
    pub guid: i64,
    /// The admin who owns him; admins own themselves.
    pub owner: i64,
    /// Whether he is suspended.
    pub suspended: bool,
}

/// Admins of these ids.
///
/// # Errors
/// The database's.
pub async fn admins(on: &Reader, ids: &[i64]) -> Result<Vec<AccountThere>, DbError> {
    let login =
        admin::Entity::belongs_to(login::Entity).from(admin::Column::LoginId).to(login::Column::Id);
    let query = admin::Entity::find().select_only().columns([
        admin::Column::Id,
        admin::Column::LoginId,
        admin::Column::Suspended,
    ]);
    let query =
        query.join(JoinType::InnerJoin, RelationDef::from(login)).column(login::Column::NameKey);
    let found: Vec<(i64, i64, bool, String)> = query
        .filter(admin::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(&on.on())
        .await?;
    let account = |(id, login, suspended, name_key)| AccountThere {
        id,
        login,
        name_key,
        guid: 0,
        owner: id,
        suspended,
    };
    Ok(found.into_iter().map(account).collect())
}

/// Customers of these ids.
///
/// # Errors
/// The database's.
pub async fn customers(on: &Reader, ids: &[i64]) -> Result<Vec<AccountThere>, DbError> {
    use customer::Column as C;
    let login = customer::Entity::belongs_to(login::Entity).from(C::LoginId).to(login::Column::Id);
    let query = customer::Entity::find().select_only().columns([
        C::Id,
        C::LoginId,
        C::Guid,
        C::OwnerId,
        C::Suspended,
    ]);
    let query =
        query.join(JoinType::InnerJoin, RelationDef::from(login)).column(login::Column::NameKey);
    let found: Vec<(i64, i64, i64, i64, bool, String)> =
        query.filter(C::Id.is_in(ids.iter().copied())).into_tuple().all(&on.on()).await?;
    let account = |(id, login, guid, owner, suspended, name_key)| AccountThere {
        id,
        login,
        name_key,
        guid,
        owner,
        suspended,
    };
    Ok(found.into_iter().map(account).collect())
}

/// Logins of these names (in lower case), whatever their kind.
///
/// # Errors
/// The database's.
pub async fn logins(on: &Reader, names: &[String]) -> Result<Vec<There>, DbError> {
    there(
        on,
        login::Entity::find().filter(login::Column::NameKey.is_in(names.iter().cloned())),
        login::Column::Id,
        login::Column::NameKey,
    )
    .await
}

/// Customers that have these UNIX ids: id and UNIX id.
///
/// # Errors
/// The database's.
pub async fn guids(on: &Reader, guids: &[i64]) -> Result<Vec<(i64, i64)>, DbError> {
    let query = customer::Entity::find()
        .select_only()
        .columns([customer::Column::Id, customer::Column::Guid]);
    Ok(query
        .filter(customer::Column::Guid.is_in(guids.iter().copied()))
        .into_tuple()
        .all(&on.on())
        .await?)
}

/// Admins that have these addresses (their keys).
///
/// # Errors
/// The database's.
pub async fn admin_emails(on: &Reader, keys: &[String]) -> Result<Vec<There>, DbError> {
    there(
        on,
        admin::Entity::find().filter(admin::Column::EmailKey.is_in(keys.iter().cloned())),
        admin::Column::Id,
        admin::Column::EmailKey,
    )
    .await
}

/// Rows of a kind that have one of these ids or of these keys.
///
/// # Errors
/// The database's.
pub async fn rows<T: Copied>(
    on: &Reader,
    ids: &[i64],
    keys: &[String],
) -> Result<Vec<There>, DbError> {
    let mut any = Condition::any().add(T::id_column().is_in(ids.iter().copied()));
    if T::KEY_IS_UNIQUE {
        any = any.add(T::key_column().is_in(keys.iter().cloned()));
    }
    let query = T::Entity::find()
        .select_only()
        .column(T::id_column())
        .column(T::key_column())
        .column_as(T::group_expr(), "n");
    let found: Vec<(i64, String, i64)> = query.filter(any).into_tuple().all(&on.on()).await?;
    Ok(found
        .into_iter()
        .map(|(id, key, group)| There { id, key: T::full_key(&key, group) })
        .collect())
}

/// Whether the configuration is the one that the schema starts with, as nobody has touched it.
///
/// # Errors
/// The database's.
pub async fn php_config_is_pristine(on: &Reader, id: PhpConfigId) -> Result<bool, DbError> {
    let row = php_config::Entity::find_by_id(id.0).one(&on.on()).await?;
    Ok(row.is_some_and(|row| row.created_at == 0 && row.description == "System PHP"))
}

/// The admin that a first start makes, while nobody has signed in as him and nothing is his.
///
/// # Errors
/// The database's.
pub async fn unused_first_admin(on: &Reader) -> Result<Option<Admin>, DbError> {
    let Some(admin) = admins_read::find_by_login_name(on, FIRST.0).await? else { return Ok(None) };
    let untouched = admin.sign_in.last_success.is_none()
        && admin.version == 1
        && admin.profile.email.as_str() == FIRST.1;
    let id = admin.id.0;
    let owns =
        customer::Entity::find().filter(customer::Column::OwnerId.eq(id)).count(&on.on()).await?
            + plan::Entity::find().filter(plan::Column::OwnerId.eq(id)).count(&on.on()).await?
            + mail_template::Entity::find()
                .filter(mail_template::Column::OwnerId.eq(id))
                .count(&on.on())
                .await?
            + api_key::Entity::find()
                .filter(api_key::Column::LoginId.eq(admin.login.0))
                .count(&on.on())
                .await?;
    Ok(Some(admin).filter(|_| untouched && owns == 0))
}

async fn there<E: sea_orm::EntityTrait>(
    on: &Reader,
    query: Select<E>,
    id: E::Column,
    key: E::Column,
) -> Result<Vec<There>, DbError> {
    let found: Vec<(i64, String)> =
        query.select_only().column(id).column(key).into_tuple().all(&on.on()).await?;
    Ok(found.into_iter().map(|(id, key)| There { id, key }).collect())
}
