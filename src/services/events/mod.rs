//! Events about customers, which are delivered to webhooks and to executables of the hooks
//! directory.
//!
//! An event is written in the transaction of the change, with a job for each webhook and a job that
//! finds the hooks. An endpoint may receive an event more than once; it recognizes a repeated event
//! by its id. Events of one customer reach each endpoint in their order: an event waits until the
//! previous one was accepted, given up or discarded. An event that an admin sends again does not
//! wait.
//!
//! The functions that write events fail only if the database does.

mod deliveries;
mod payload;

pub use deliveries::{
    create_hook_deliveries, find, find_event, listing, record_response, send_again,
};

use super::jobs::{self, Job};
use super::{Command, Outcome};
use domain::customer::Customer;
use domain::delivery::Endpoint;
use domain::event::{Event, EventName, EventRecord};
use domain::id::{CustomerId, DeliveryId, EventId, WebhookId};
use domain::random::hex_token;

/// Number of random bytes in an event id.
const ID_BYTES: usize = 12;

/// Emits an event about a customer. `customer` is the state after the change; for a deleted
/// customer, the last state.
pub async fn emit(cmd: Command<'_>, event: &Event, customer: &Customer) -> Outcome<()> {
    emit_all(cmd, event, std::slice::from_ref(customer)).await
}

/// Emits the same event about many customers.
pub async fn emit_all(cmd: Command<'_>, event: &Event, customers: &[Customer]) -> Outcome<()> {
    let name = event.name();
    let webhooks = db::webhooks::enabled(cmd.tx).await?;
    let webhooks: Vec<WebhookId> = webhooks
        .into_iter()
        .filter(|webhook| webhook.events.contains(&name))
        .map(|webhook| webhook.id)
        .collect();
    // Only workers know which executables exist. This process needs to know only whether the hooks
    // directory exists.
    let has_hooks = cmd.has_hooks;
    if webhooks.is_empty() && !has_hooks {
        return Ok(());
    }
    for customer in customers {
        write_event(cmd, event, customer, &webhooks, has_hooks).await?;
    }
    Ok(())
}

async fn write_event(
    cmd: Command<'_>,
    event: &Event,
    customer: &Customer,
    webhooks: &[WebhookId],
    has_hooks: bool,
) -> Outcome<()> {
    let (name, message_id) = (event.name(), message_id(cmd));
    let payload = payload::of(&message_id, cmd.at, event, customer);
    let (subject, customer_id) = (customer.login_name.to_string(), Some(customer.id));
    let row = EventRecord::new(message_id, name, customer_id, subject.clone(), payload);
    let id = db::deliveries::insert_event(cmd.tx, row, cmd.at).await?;
    for webhook in webhooks {
        deliver(cmd, id, &Endpoint::Webhook(*webhook), customer_id, &subject).await?;
    }
    if has_hooks {
        jobs::enqueue(cmd, &Job::FindHooks { event: id, customer: customer.id }, &subject, None)
            .await?;
    }
    Ok(())
}

/// Emits [`Event::Updated`] with the names of the fields in the event's `data` that differ. Emits
/// nothing if no field differs: notes, for example, are not part of `data`.
pub async fn emit_updated(cmd: Command<'_>, before: &Customer, after: &Customer) -> Outcome<()> {
    let changed = payload::changed_fields(before, after);
    if changed.is_empty() { Ok(()) } else { emit(cmd, &Event::Updated(changed), after).await }
}

/// Sends a test event to a webhook.
pub(super) async fn emit_test(cmd: Command<'_>, webhook: WebhookId, label: &str) -> Outcome<()> {
    let message_id = message_id(cmd);
    let payload = payload::test(&message_id, cmd.at);
    let id = db::deliveries::insert_event(
        cmd.tx,
        EventRecord::new(message_id, EventName::Test, None, label.to_owned(), payload),
        cmd.at,
    )
    .await?;
    deliver(cmd, id, &Endpoint::Webhook(webhook), None, label).await
}

fn message_id(cmd: Command<'_>) -> String {
    format!("evt_{}", hex_token(cmd.env.random.as_ref(), ID_BYTES))
}

/// Writes a delivery and its job, unless the delivery exists already.
async fn deliver(
    cmd: Command<'_>,
    event: EventId,
    endpoint: &Endpoint,
    customer: Option<CustomerId>,
    subject: &str,
) -> Outcome<()> {
    let Some(id) = db::deliveries::insert(cmd.tx, event, endpoint, cmd.at).await? else {
        return Ok(());
    };
    let order = customer.map(|customer| format!("{}/{customer}", endpoint.code()));
    write_job(cmd, id, endpoint, order, subject).await
}

/// Writes the job of a delivery. Jobs with the same order key run one after the other.
async fn write_job(
    cmd: Command<'_>,
    delivery: DeliveryId,
    endpoint: &Endpoint,
    order: Option<String>,
    subject: &str,
) -> Outcome<()> {
    let job = match endpoint {
        Endpoint::Webhook(_) => Job::DeliverWebhook { delivery, order },
        Endpoint::Hook(_) => Job::RunHook { delivery, order },
    };
    let job = jobs::enqueue_returning_id(cmd, &job, subject, None).await?;
    Ok(db::deliveries::set_job(cmd.tx, delivery, job).await?)
}
