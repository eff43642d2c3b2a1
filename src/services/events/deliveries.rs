//! What became of what was to be told.

use super::deliver;
use crate::audit::{self, Action, Change, Target};
use crate::jobs::{self, Job};
use crate::{Command, Noun, Outcome, ServiceError, View};
use auth::actor::{Actor, ServerAdmin};
use domain::delivery::{Delivery, DeliveryFilter, DeliverySummary, Endpoint};
use domain::event::EventRecord;
use domain::id::{DeliveryId, EventId};
use domain::query::Page;

/// Some deliveries, newest first.
///
/// # Errors
/// The database's.
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

/// A delivery with what is told, for the worker.
///
/// # Errors
/// The database's.
pub async fn find(view: View<'_>, id: DeliveryId) -> Outcome<Option<(Delivery, EventRecord)>> {
    Ok(db::deliveries::find(view.on, id).await?)
}

/// An event, for the worker.
///
/// # Errors
/// The database's.
pub async fn find_event(view: View<'_>, id: EventId) -> Outcome<Option<EventRecord>> {
    Ok(db::deliveries::find_event(view.on, id).await?)
}

/// Tells these executables of an event. Those that are told already are not told twice.
///
/// # Errors
/// The database's.
pub async fn fan_out(cmd: Command<'_>, event: &EventRecord, hooks: &[String]) -> Outcome<()> {
    for hook in hooks {
        deliver(cmd, event.id, &Endpoint::Hook(hook.clone()), event.customer, &event.subject)
            .await?;
    }
    Ok(())
}

/// Notes what a receiver answered, and whether it took it.
///
/// # Errors
/// The database's.
pub async fn answered(cmd: Command<'_>, id: DeliveryId, status: i32, taken: bool) -> Outcome<()> {
    Ok(db::deliveries::answered(cmd.tx, id, status, taken.then_some(cmd.at)).await?)
}

/// Sends it once more, whatever became of it before: the same event with the same id.
///
/// # Errors
/// [`ServiceError::NotFound`] where there is none, or while it is under way.
pub async fn send_again(
    cmd: Command<'_>,
    by: &ServerAdmin,
    id: DeliveryId,
) -> Outcome<EventRecord> {
    let (delivery, event) =
        db::deliveries::find(cmd.tx, id).await?.ok_or(ServiceError::NotFound(Noun::Delivery))?;
    let again = match delivery.job {
        Some(job) => db::jobs::run_again(cmd.tx, job, cmd.at).await?,
        None => None,
    };
    match again {
        Some(true) => {}
        Some(false) => return Err(ServiceError::NotFound(Noun::Delivery)),
        // Its job was discarded, or is forgotten. Out of turn by now, it waits for nothing.
        None => {
            let job = match delivery.endpoint {
                Endpoint::Webhook(_) => Job::DeliverWebhook { delivery: id, order: None },
                Endpoint::Hook(_) => Job::RunHook { delivery: id, order: None },
            };
            let job = jobs::write(cmd, &job, &event.subject, None).await?;
            db::deliveries::set_job(cmd.tx, id, job).await?;
        }
    }
    let target = Target::other(
        "webhook",
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
