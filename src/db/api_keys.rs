//! API keys.

use super::entities::api_key;
use super::values::{storable, to_timestamp};
use super::{DbError, Reader, Tx};
use domain::api_key::{AllowedFrom, ApiKey, ApiKeySettings};
use domain::id::{ApiKeyId, LoginId};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};

/// Returns an API key by the text that the client sends, and the digest of its secret. No other
/// function returns the digest.
pub async fn find(on: &Reader, key: &str) -> Result<Option<(ApiKey, String)>, DbError> {
    let row = api_key::Entity::find()
        .filter(api_key::Column::ApiKey.eq(storable(key)))
        .one(&on.on())
        .await?;
    // On an engine that compares without regard to case, the query could find another key.
    Ok(row.filter(|row| row.api_key == key).map(|row| (to_domain(&row), row.secret_digest)))
}

/// Returns the API key with this id if it belongs to the login.
pub async fn find_of_login(
    on: &Reader,
    login: LoginId,
    id: ApiKeyId,
) -> Result<Option<ApiKey>, DbError> {
    let query = api_key::Entity::find_by_id(id.0).filter(api_key::Column::LoginId.eq(login.0));
    Ok(query.one(&on.on()).await?.map(|row| to_domain(&row)))
}

/// Returns the API keys of a login, newest first, at most `limit`.
pub async fn list(on: &Reader, login: LoginId, limit: u64) -> Result<Vec<ApiKey>, DbError> {
    let query = api_key::Entity::find()
        .filter(api_key::Column::LoginId.eq(login.0))
        .order_by_desc(api_key::Column::Id)
        .limit(limit);
    Ok(query.all(&on.on()).await?.iter().map(to_domain).collect())
}

pub async fn count(on: &Reader, login: LoginId) -> Result<u64, DbError> {
    Ok(api_key::Entity::find().filter(api_key::Column::LoginId.eq(login.0)).count(&on.on()).await?)
}

/// Inserts an API key.
///
/// # Errors
/// [`DbError::UniqueViolation`] if the key already exists.
pub async fn insert(
    tx: &Tx,
    login: LoginId,
    key: &str,
    secret_digest: &str,
    settings: &ApiKeySettings,
    at: Timestamp,
) -> Result<ApiKeyId, DbError> {
    let row = api_key::ActiveModel {
        id: ActiveValue::NotSet,
        login_id: Set(login.0),
        api_key: Set(key.to_owned()),
        secret_digest: Set(secret_digest.to_owned()),
        created_at: Set(at.as_second()),
        last_used_at: Set(None),
        label: Set(settings.label.clone()),
        allowed_from: Set(settings.allowed_from.to_string()),
        read_only: Set(settings.read_only),
        expires_at: Set(settings.expires_at.map(Timestamp::as_second)),
    };
    Ok(ApiKeyId(row.insert(&tx.on()).await?.id))
}

/// Changes the label, networks, permission to write and expiry of a key.
pub async fn update(tx: &Tx, key: &ApiKey, settings: &ApiKeySettings) -> Result<(), DbError> {
    api_key::Entity::update_many()
        .col_expr(api_key::Column::Label, Expr::value(settings.label.as_str()))
        .col_expr(api_key::Column::AllowedFrom, Expr::value(settings.allowed_from.to_string()))
        .col_expr(api_key::Column::ReadOnly, Expr::value(settings.read_only))
        .col_expr(
            api_key::Column::ExpiresAt,
            Expr::value(settings.expires_at.map(Timestamp::as_second)),
        )
        .filter(api_key::Column::Id.eq(key.id.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Records when a key was last used.
pub async fn record_use(tx: &Tx, id: ApiKeyId, at: Timestamp) -> Result<(), DbError> {
    api_key::Entity::update_many()
        .col_expr(api_key::Column::LastUsedAt, Expr::value(at.as_second()))
        .filter(api_key::Column::Id.eq(id.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

pub async fn remove(tx: &Tx, key: &ApiKey) -> Result<(), DbError> {
    api_key::Entity::delete_by_id(key.id.0).exec(&tx.on()).await?;
    Ok(())
}

/// Deletes the API keys of a login except `keep`. Returns their number.
pub async fn revoke_all(tx: &Tx, login: LoginId, keep: Option<ApiKeyId>) -> Result<u64, DbError> {
    let mut query = api_key::Entity::delete_many().filter(api_key::Column::LoginId.eq(login.0));
    if let Some(ApiKeyId(id)) = keep {
        query = query.filter(api_key::Column::Id.ne(id));
    }
    Ok(query.exec(&tx.on()).await?.rows_affected)
}

fn to_domain(row: &api_key::Model) -> ApiKey {
    ApiKey {
        id: ApiKeyId(row.id),
        login: LoginId(row.login_id),
        key: row.api_key.clone(),
        created_at: to_timestamp(row.created_at),
        last_used_at: row.last_used_at.map(to_timestamp),
        settings: ApiKeySettings {
            label: row.label.clone(),
            allowed_from: AllowedFrom::stored(&row.allowed_from),
            read_only: row.read_only,
            expires_at: row.expires_at.map(to_timestamp),
        },
    }
}
