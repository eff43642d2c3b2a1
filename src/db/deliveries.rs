//! Events and their deliveries to endpoints.

use super::entities::{delivery, event, job, webhook};
use super::values::to_timestamp;
use super::{DbError, Reader, Tx, jobs};
use domain::delivery::{Delivery, DeliveryFilter, DeliverySummary, Endpoint};
use domain::event::EventRecord;
use domain::id::{CustomerId, DeliveryId, EventId, JobId, WebhookId};
use domain::job::JobState;
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, Condition, EntityTrait as _, JoinType,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};

pub async fn insert_event(tx: &Tx, new: EventRecord, at: Timestamp) -> Result<EventId, DbError> {
    let row = event::ActiveModel {
        id: ActiveValue::NotSet,
        message_id: Set(new.message_id),
        name: Set(new.name),
        customer_id: Set(new.customer.map(|id| id.0)),
        subject: Set(new.subject),
        payload: Set(new.payload),
        created_at: Set(at.as_second()),
    };
    Ok(EventId(row.insert(&tx.on()).await?.id))
}

pub async fn find_event(on: &Reader, id: EventId) -> Result<Option<EventRecord>, DbError> {
    Ok(event::Entity::find_by_id(id.0).one(&on.on()).await?.map(into_event))
}

/// Inserts the delivery of an event to an endpoint. Returns `None` if it already exists.
pub async fn insert(
    tx: &Tx,
    event: EventId,
    endpoint: &Endpoint,
    at: Timestamp,
) -> Result<Option<DeliveryId>, DbError> {
    let (webhook, hook) = match endpoint {
        Endpoint::Webhook(id) => (Some(id.0), None),
        Endpoint::Hook(name) => (None, Some(name.clone())),
    };
    let row = delivery::ActiveModel {
        id: ActiveValue::NotSet,
        event_id: Set(event.0),
        webhook_id: Set(webhook),
        hook: Set(hook),
        receiver: Set(endpoint.code()),
        job_id: Set(None),
        last_status: Set(None),
        delivered_at: Set(None),
        created_at: Set(at.as_second()),
    };
    let written =
        tx.attempt(async |tx| -> Result<i64, DbError> { Ok(row.insert(&tx.on()).await?.id) }).await;
    match written {
        Err(DbError::UniqueViolation(_)) => Ok(None),
        outcome => Ok(Some(DeliveryId(outcome?))),
    }
}

/// Records the job that performs a delivery.
pub async fn set_job(tx: &Tx, id: DeliveryId, job: JobId) -> Result<(), DbError> {
    set_column(tx, id, delivery::Column::JobId, Expr::value(job.0)).await
}

/// Records the status of the endpoint's response, and when the endpoint accepted the event.
/// `delivered_at` is `None` if it did not.
pub async fn record_response(
    tx: &Tx,
    id: DeliveryId,
    status: i32,
    delivered_at: Option<Timestamp>,
) -> Result<(), DbError> {
    set_column(tx, id, delivery::Column::LastStatus, Expr::value(status)).await?;
    set_column(
        tx,
        id,
        delivery::Column::DeliveredAt,
        Expr::value(delivered_at.map(Timestamp::as_second)),
    )
    .await
}

async fn set_column(
    tx: &Tx,
    id: DeliveryId,
    column: delivery::Column,
    value: Expr,
) -> Result<(), DbError> {
    delivery::Entity::update_many()
        .col_expr(column, value)
        .filter(delivery::Column::Id.eq(id.0))
        .exec(&tx.on())
        .await?;
    Ok(())
}

/// Returns a delivery with its event.
pub async fn find(on: &Reader, id: DeliveryId) -> Result<Option<(Delivery, EventRecord)>, DbError> {
    let Some(row) = delivery::Entity::find_by_id(id.0).one(&on.on()).await? else {
        return Ok(None);
    };
    let event = find_event(on, EventId(row.event_id)).await?;
    Ok(event.map(|event| (into_delivery(row), event)))
}

/// Returns a page of deliveries, newest first, and the total number.
pub async fn list(
    on: &Reader,
    filter: &DeliveryFilter,
    limit: u64,
    offset: u64,
) -> Result<(Vec<DeliverySummary>, u64), DbError> {
    let webhook = filter.webhook.map(|id| delivery::Column::WebhookId.eq(id.0));
    let state = filter.state.map(|state| {
        let of_state = Query::select()
            .column(job::Column::Id)
            .from(job::Entity)
            .and_where(job::Column::State.eq(state.code()))
            .to_owned();
        delivery::Column::JobId.in_subquery(of_state)
    });
    let query =
        delivery::Entity::find().filter(Condition::all().add_option(webhook).add_option(state));
    let total = query.clone().count(&on.on()).await?;
    let rows =
        query.order_by_desc(delivery::Column::Id).limit(limit).offset(offset).all(&on.on()).await?;
    Ok((summaries(on, rows).await?, total))
}

/// Reads the events, jobs and webhooks of the deliveries, with one query per table.
async fn summaries(
    on: &Reader,
    rows: Vec<delivery::Model>,
) -> Result<Vec<DeliverySummary>, DbError> {
    let events = event::Entity::find()
        .filter(event::Column::Id.is_in(rows.iter().map(|row| row.event_id)))
        .all(&on.on())
        .await?;
    let jobs = job::Entity::find()
        .filter(job::Column::Id.is_in(rows.iter().filter_map(|row| row.job_id)))
        .all(&on.on())
        .await?;
    let webhooks = webhook::Entity::find()
        .filter(webhook::Column::Id.is_in(rows.iter().filter_map(|row| row.webhook_id)))
        .all(&on.on())
        .await?;
    let summary = |row: delivery::Model| {
        let event = events.iter().find(|event| event.id == row.event_id)?;
        let job = jobs.iter().find(|job| Some(job.id) == row.job_id);
        let label = webhooks
            .iter()
            .find(|webhook| Some(webhook.id) == row.webhook_id)
            .map(|webhook| webhook.label.clone());
        Some(DeliverySummary {
            event: into_event(event.clone()),
            label,
            state: job.and_then(|job| JobState::parse(&job.state)),
            attempts: job.map_or(0, |job| u32::try_from(job.attempts).unwrap_or(0)),
            run_at: job.map(|job| to_timestamp(job.run_at)),
            last_error: job.and_then(|job| job.last_error.clone()),
            delivery: into_delivery(row),
        })
    };
    Ok(rows.into_iter().filter_map(summary).collect())
}

/// Returns the number of failed deliveries of each webhook. Webhooks without any are omitted.
pub async fn failed_counts(on: &Reader) -> Result<Vec<(WebhookId, u64)>, DbError> {
    let query = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::WebhookId)
        .column_as(delivery::Column::Id.count(), "n")
        .join(
            JoinType::InnerJoin,
            delivery::Entity::belongs_to(job::Entity)
                .from(delivery::Column::JobId)
                .to(job::Column::Id)
                .into(),
        )
        .filter(delivery::Column::WebhookId.is_not_null())
        .filter(job::Column::State.eq(JobState::Failed.code()))
        .group_by(delivery::Column::WebhookId);
    let found: Vec<(Option<i64>, i64)> = query.into_tuple().all(&on.on()).await?;
    Ok(found
        .into_iter()
        .filter_map(|(id, n)| Some((WebhookId(id?), super::values::to_u64(n))))
        .collect())
}

/// Removes the waiting and failed jobs of a webhook that is about to be deleted. Running jobs end
/// by themselves.
pub async fn cancel(tx: &Tx, webhook: WebhookId) -> Result<(), DbError> {
    let query = delivery::Entity::find()
        .filter(delivery::Column::WebhookId.eq(webhook.0))
        .filter(delivery::Column::JobId.is_not_null());
    let found: Vec<Option<i64>> =
        query.select_only().column(delivery::Column::JobId).into_tuple().all(&tx.on()).await?;
    let found: Vec<i64> = found.into_iter().flatten().collect();
    for chunk in found.chunks(500) {
        job::Entity::delete_many()
            .filter(job::Column::Id.is_in(chunk.iter().copied()))
            .filter(jobs::is_waiting_or_failed())
            .exec(&tx.on())
            .await?;
    }
    Ok(())
}

/// Deletes events that were created before `before`, with their deliveries. Returns the number of
/// events.
pub async fn delete_before(tx: &Tx, before: Timestamp) -> Result<u64, DbError> {
    let old = event::Column::CreatedAt.lt(before.as_second());
    Ok(event::Entity::delete_many().filter(old).exec(&tx.on()).await?.rows_affected)
}

fn into_event(row: event::Model) -> EventRecord {
    EventRecord {
        id: EventId(row.id),
        message_id: row.message_id,
        name: row.name,
        customer: row.customer_id.map(CustomerId),
        subject: row.subject,
        payload: row.payload,
    }
}

fn into_delivery(row: delivery::Model) -> Delivery {
    Delivery {
        id: DeliveryId(row.id),
        event: EventId(row.event_id),
        endpoint: match row.webhook_id {
            Some(id) => Endpoint::Webhook(WebhookId(id)),
            None => Endpoint::Hook(row.hook.unwrap_or_default()),
        },
        job: row.job_id.map(JobId),
        last_status: row.last_status,
        delivered_at: row.delivered_at.map(to_timestamp),
        created_at: to_timestamp(row.created_at),
    }
}
