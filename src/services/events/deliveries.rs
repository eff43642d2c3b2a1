//! Deliveries of events to endpoints, and their results.

use super::{deliver, write_job};
use crate::audit::{self, Action, Change, Target, TargetKind};
use crate::{Command, Noun, Outcome, ServiceError, View};
use auth::actor::{Actor, ServerAdmin};
use domain::delivery::{Delivery, DeliveryFilter, DeliverySummary, Endpoint};
use domain::event::EventRecord;
use domain::id::{DeliveryId, EventId};
use domain::query::Page;
use domain::validation::{ErrorCode, ValidationError};

/// Returns one page of deliveries, newest first.
pub async fn listing(
    view: View<'_>,
    _by: &ServerAdmin,
    filter: &DeliveryFilter,
    limit: u64,
    offset: u64,
) -> Outcome<Page<DeliverySummary>> {
    let (items, total) = db::deliveries::list(view.on, filter, limit, offset).await?;
    Ok(Page { items, total })
}

/// Returns a delivery with its event, for the worker.
pub async fn find(view: View<'_>, id: DeliveryId) -> Outcome<Option<(Delivery, EventRecord)>> {
    Ok(db::deliveries::find(view.on, id).await?)
}

/// Returns an event, for the worker.
pub async fn find_event(view: View<'_>, id: EventId) -> Outcome<Option<EventRecord>> {
    Ok(db::deliveries::find_event(view.on, id).await?)
}

/// Creates a delivery of the event for each of these executables, unless it exists already.
pub async fn create_hook_deliveries(
    cmd: Command<'_>,
    event: &EventRecord,
    hooks: &[String],
) -> Outcome<()> {
    for hook in hooks {
        deliver(cmd, event.id, &Endpoint::Hook(hook.clone()), event.customer, &event.subject)
            .await?;
    }
    Ok(())
}

/// Records the response of an endpoint, and whether it accepted the event.
pub async fn record_response(
    cmd: Command<'_>,
    id: DeliveryId,
    status: i32,
    accepted: bool,
) -> Outcome<()> {
    Ok(db::deliveries::record_response(cmd.tx, id, status, accepted.then_some(cmd.at)).await?)
}

/// Enqueues a delivery again, whatever its result was. The endpoint receives the same event with
/// the same id.
///
/// # Errors
/// [`ServiceError::NotFound`] if the delivery does not exist; [`ServiceError::Refused`] with
/// `job-running` while its job is running.
pub async fn send_again(
    cmd: Command<'_>,
    by: &ServerAdmin,
    id: DeliveryId,
) -> Outcome<EventRecord> {
    let (delivery, event) =
        db::deliveries::find(cmd.tx, id).await?.ok_or(ServiceError::NotFound(Noun::Delivery))?;
    let requeued = match delivery.job {
        Some(job) => db::jobs::run_again(cmd.tx, job, cmd.at).await?,
        None => None,
    };
    match requeued {
        Some(true) => {}
        Some(false) => {
            return Err(ServiceError::Refused(ValidationError::new(ErrorCode::JobRunning)));
        }
        // The job was discarded, or removed by housekeeping. Later deliveries may be done already,
        // so the new job has no order key and waits for no other job.
        None => write_job(cmd, id, &delivery.endpoint, None, &event.subject).await?,
    }
    let target = Target::other(
        TargetKind::Webhook,
        id.0,
        &format!("{} {}", event.name, event.subject),
        Some(by.manager().id()),
    );
    audit::record(
        cmd,
        &Actor::Manager(by.manager().clone()),
        &target,
        Change::of(Action::WebhookSentAgain),
    )
    .await?;
    Ok(event)
}
