//! Looks up existing rows that imported rows may conflict with or replace.

use super::CopiedRow;
use crate::admins as admins_read;
use crate::entities::{admin, api_key, customer, login, mail_template, php_config, plan};
use crate::{DbError, Reader};
use domain::admin::{Admin, FIRST_ADMIN};
use domain::id::PhpConfigId;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, RelationDef, Select,
};

/// An existing row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingRow {
    pub id: i64,
    /// Text by which people know the row, such as the name.
    pub key: String,
}

/// An existing account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingAccount {
    /// Id of the admin or customer.
    pub id: i64,
    /// Id of the login.
    pub login: i64,
    /// Login name in lowercase.
    pub name_key: String,
    /// UNIX user and group id; 0 for admins.
    pub guid: i64,
    /// Id of the admin who owns the customer; for admins, their own id.
    pub owner: i64,
    pub suspended: bool,
}

/// Returns the existing admins with these ids.
pub async fn admins(on: &Reader, ids: &[i64]) -> Result<Vec<ExistingAccount>, DbError> {
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
    let account = |(id, login, suspended, name_key)| ExistingAccount {
        id,
        login,
        name_key,
        guid: 0,
        owner: id,
        suspended,
    };
    Ok(found.into_iter().map(account).collect())
}

/// Returns the existing customers with these ids.
pub async fn customers(on: &Reader, ids: &[i64]) -> Result<Vec<ExistingAccount>, DbError> {
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
    let account = |(id, login, guid, owner, suspended, name_key)| ExistingAccount {
        id,
        login,
        name_key,
        guid,
        owner,
        suspended,
    };
    Ok(found.into_iter().map(account).collect())
}

/// Returns the existing logins with these names (in lowercase), of admins and customers alike.
pub async fn logins(on: &Reader, names: &[String]) -> Result<Vec<ExistingRow>, DbError> {
    select_keys(
        on,
        login::Entity::find().filter(login::Column::NameKey.is_in(names.iter().cloned())),
        login::Column::Id,
        login::Column::NameKey,
    )
    .await
}

/// Returns id and UNIX id of the customers who have one of these UNIX ids.
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

/// Returns the admins who have one of these email address keys.
pub async fn admin_emails(on: &Reader, keys: &[String]) -> Result<Vec<ExistingRow>, DbError> {
    select_keys(
        on,
        admin::Entity::find().filter(admin::Column::EmailKey.is_in(keys.iter().cloned())),
        admin::Column::Id,
        admin::Column::EmailKey,
    )
    .await
}

/// Returns the rows that have one of these ids or, if keys are unique, one of these keys.
pub async fn rows<T: CopiedRow>(
    on: &Reader,
    ids: &[i64],
    keys: &[String],
) -> Result<Vec<ExistingRow>, DbError> {
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
        .map(|(id, key, group)| ExistingRow { id, key: T::full_key(&key, group) })
        .collect())
}

/// Returns whether the configuration is the one that the schema starts with, and still has its
/// description.
pub async fn is_initial_php_config(on: &Reader, id: PhpConfigId) -> Result<bool, DbError> {
    let row = php_config::Entity::find_by_id(id.0).one(&on.on()).await?;
    Ok(row.is_some_and(|row| row.created_at == 0 && row.description == "System PHP"))
}

/// Returns the admin that the first start creates, if no one has signed in as them or edited them,
/// and if they own nothing.
pub async fn unused_first_admin(on: &Reader) -> Result<Option<Admin>, DbError> {
    let Some(admin) = admins_read::find_by_login_name(on, FIRST_ADMIN.0).await? else {
        return Ok(None);
    };
    let is_untouched = admin.sign_in.last_success.is_none()
        && admin.version == 1
        && admin.profile.email.as_str() == FIRST_ADMIN.1;
    let id = admin.id.0;
    let owned =
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
    Ok(Some(admin).filter(|_| is_untouched && owned == 0))
}

async fn select_keys<E: sea_orm::EntityTrait>(
    on: &Reader,
    query: Select<E>,
    id: E::Column,
    key: E::Column,
) -> Result<Vec<ExistingRow>, DbError> {
    let found: Vec<(i64, String)> =
        query.select_only().column(id).column(key).into_tuple().all(&on.on()).await?;
    Ok(found.into_iter().map(|(id, key)| ExistingRow { id, key }).collect())
}
