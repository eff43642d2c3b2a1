//! Webhooks: endpoints that receive events over HTTP.

use super::entities::webhook;
use super::values::to_timestamp;
use super::{DbError, Reader, Tx};
use domain::event::EventName;
use domain::id::WebhookId;
use domain::webhook::Webhook;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, Set,
};

fn into_webhook(row: webhook::Model) -> Webhook {
    Webhook {
        id: WebhookId(row.id),
        label: row.label,
        url: row.url,
        events: row.events.split(',').filter_map(EventName::parse).collect(),
        enabled: row.enabled,
        created_at: to_timestamp(row.created_at),
    }
}

/// Returns all webhooks, ordered by label.
pub async fn all(on: &Reader) -> Result<Vec<Webhook>, DbError> {
    let rows = webhook::Entity::find()
        .order_by_asc(webhook::Column::Label)
        .order_by_asc(webhook::Column::Id)
        .all(&on.on())
        .await?;
    Ok(rows.into_iter().map(into_webhook).collect())
}

/// Returns the enabled webhooks, ordered by id.
pub async fn enabled(on: &Reader) -> Result<Vec<Webhook>, DbError> {
    let query = webhook::Entity::find()
        .filter(webhook::Column::Enabled.eq(true))
        .order_by_asc(webhook::Column::Id);
    Ok(query.all(&on.on()).await?.into_iter().map(into_webhook).collect())
}

pub async fn find(on: &Reader, id: WebhookId) -> Result<Option<Webhook>, DbError> {
    Ok(webhook::Entity::find_by_id(id.0).one(&on.on()).await?.map(into_webhook))
}

/// Returns the sealed secret of a webhook.
pub async fn secret(on: &Reader, id: WebhookId) -> Result<Option<String>, DbError> {
    Ok(webhook::Entity::find_by_id(id.0).one(&on.on()).await?.map(|row| row.secret))
}

/// Inserts a webhook with an empty secret. The caller sets the secret with [`set_secret`], because
/// sealing it needs the id.
pub async fn insert(tx: &Tx, new: &Webhook, at: Timestamp) -> Result<WebhookId, DbError> {
    let row = webhook::ActiveModel {
        id: ActiveValue::NotSet,
        label: Set(new.label.clone()),
        url: Set(new.url.clone()),
        secret: Set(String::new()),
        events: Set(codes(&new.events)),
        enabled: Set(new.enabled),
        created_at: Set(at.as_second()),
        updated_at: Set(at.as_second()),
    };
    Ok(WebhookId(row.insert(&tx.on()).await?.id))
}

/// Updates a webhook, except for its secret.
pub async fn update(tx: &Tx, webhook: &Webhook, at: Timestamp) -> Result<(), DbError> {
    let row = webhook::ActiveModel {
        id: ActiveValue::Unchanged(webhook.id.0),
        label: Set(webhook.label.clone()),
        url: Set(webhook.url.clone()),
        events: Set(codes(&webhook.events)),
        enabled: Set(webhook.enabled),
        updated_at: Set(at.as_second()),
        ..Default::default()
    };
    row.update(&tx.on()).await?;
    Ok(())
}

/// Stores the sealed secret of a webhook.
pub async fn set_secret(
    tx: &Tx,
    id: WebhookId,
    sealed: &str,
    at: Timestamp,
) -> Result<(), DbError> {
    let row = webhook::ActiveModel {
        id: ActiveValue::Unchanged(id.0),
        secret: Set(sealed.to_owned()),
        updated_at: Set(at.as_second()),
        ..Default::default()
    };
    row.update(&tx.on()).await?;
    Ok(())
}

/// Removes a webhook with its deliveries. Returns whether it existed.
pub async fn remove(tx: &Tx, id: WebhookId) -> Result<bool, DbError> {
    Ok(webhook::Entity::delete_by_id(id.0).exec(&tx.on()).await?.rows_affected == 1)
}

fn codes(events: &[EventName]) -> String {
    events.iter().map(|name| name.code()).collect::<Vec<_>>().join(",")
}
