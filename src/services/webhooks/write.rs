//! Adding, changing, trying and deleting webhooks.

use super::{WebhookInput, forbidden, get, seal_context};
use crate::audit::{self, Action, Change, Target};
use crate::{Command, Outcome, ServiceError, events};
use auth::actor::{Actor, ServerAdmin};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::DbError;
use domain::chance;
use domain::fault::{Code, Fault, FieldFaults};
use domain::id::WebhookId;
use domain::secret::Secret;
use domain::webhook::Webhook;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

/// Another webhook has the name.
const TAKEN: Code = Code::WebhookLabelTaken;
/// Random bytes of a secret.
const BYTES: usize = 32;

/// A webhook with its new secret: the only time that it can be read.
#[derive(Clone, Debug)]
pub struct Made {
    /// The webhook.
    pub webhook: Webhook,
    /// Its secret, in the form that Standard Webhooks have: `whsec_` and Base64.
    pub secret: Secret,
}

/// Adds one.
///
/// # Errors
/// [`ServiceError::Invalid`]: a name that another has, an address that nothing is sent to.
pub async fn add(cmd: Command<'_>, by: &ServerAdmin, input: &WebhookInput) -> Outcome<Made> {
    check(cmd, None, input).await?;
    let new = Webhook {
        id: WebhookId(0),
        label: input.label.clone(),
        url: input.url.clone(),
        events: input.events.clone(),
        enabled: input.enabled,
        created_at: cmd.at,
    };
    let id = db::webhooks::insert(cmd.tx, &new, cmd.at).await.map_err(taken)?;
    let secret = give_secret(cmd, id).await?;
    let webhook = get(cmd.view(), id).await?;
    let change = Change {
        action: Action::WebhookAdded,
        before: None,
        after: Some(snapshot(&webhook).into()),
    };
    record(cmd, by, &webhook, change).await?;
    Ok(Made { webhook, secret })
}

/// Changes one; its secret stays.
///
/// # Errors
/// [`NotFound`](crate::ServiceError::NotFound); [`ServiceError::Invalid`] as for [`add`].
pub async fn update(
    cmd: Command<'_>,
    by: &ServerAdmin,
    id: WebhookId,
    input: &WebhookInput,
) -> Outcome<Webhook> {
    let before = get(cmd.view(), id).await?;
    let WebhookInput { label, url, events, enabled } = input.clone();
    let after = Webhook { label, url, events, enabled, ..before.clone() };
    if before == after {
        return Ok(after);
    }
    check(cmd, Some(&before), input).await?;
    db::webhooks::update(cmd.tx, &after, cmd.at).await.map_err(taken)?;
    let (old, new) = audit::difference(snapshot(&before), snapshot(&after));
    record(
        cmd,
        by,
        &after,
        Change {
            action: Action::WebhookUpdated,
            before: Some(old.into()),
            after: Some(new.into()),
        },
    )
    .await?;
    Ok(after)
}

/// Refuses a name that another webhook has, and an address that the worker would refuse at the
/// first event. Where a name leads is known only when something is sent.
async fn check(cmd: Command<'_>, before: Option<&Webhook>, input: &WebhookInput) -> Outcome<()> {
    let mut faults = FieldFaults::default();
    let name = input.label.to_lowercase();
    let others = db::webhooks::all(cmd.tx).await?;
    if others.iter().any(|other| {
        before.is_none_or(|before| before.id != other.id) && other.label.to_lowercase() == name
    }) {
        faults.push("label", Fault::new(TAKEN));
    }
    // One that was allowed once can still be switched off.
    let is_asked =
        before.is_none_or(|before| before.url != input.url || (input.enabled && !before.enabled));
    if is_asked && let Some(address) = forbidden(cmd.settings, &input.url) {
        faults.push("url", Fault::new(Code::WebhookUrlPrivate).with("address", address));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

/// Two were given one name at the same moment.
fn taken(error: DbError) -> ServiceError {
    match error {
        DbError::Taken(_) => ServiceError::field("label", Fault::new(TAKEN)),
        other => other.into(),
    }
}

/// Gives one another secret; the one it had signs nothing any more.
///
/// # Errors
/// [`NotFound`](crate::ServiceError::NotFound).
pub async fn renew_secret(cmd: Command<'_>, by: &ServerAdmin, id: WebhookId) -> Outcome<Made> {
    let webhook = get(cmd.view(), id).await?;
    let secret = give_secret(cmd, id).await?;
    record(cmd, by, &webhook, Change::of(Action::WebhookSecretRenewed)).await?;
    Ok(Made { webhook, secret })
}

/// Deletes one, with all that waits for it; gives it as it was.
///
/// # Errors
/// [`NotFound`](crate::ServiceError::NotFound).
pub async fn delete(cmd: Command<'_>, by: &ServerAdmin, id: WebhookId) -> Outcome<Webhook> {
    let webhook = get(cmd.view(), id).await?;
    db::deliveries::cancel(cmd.tx, id).await?;
    db::webhooks::remove(cmd.tx, id).await?;
    let change = Change {
        action: Action::WebhookDeleted,
        before: Some(snapshot(&webhook).into()),
        after: None,
    };
    record(cmd, by, &webhook, change).await?;
    Ok(webhook)
}

/// Sends one an event that tells of nothing.
///
/// # Errors
/// [`NotFound`](crate::ServiceError::NotFound).
pub async fn send_test(cmd: Command<'_>, by: &ServerAdmin, id: WebhookId) -> Outcome<Webhook> {
    let webhook = get(cmd.view(), id).await?;
    events::emit_test(cmd, id, &webhook.label).await?;
    record(cmd, by, &webhook, Change::of(Action::WebhookTested)).await?;
    Ok(webhook)
}

async fn give_secret(cmd: Command<'_>, id: WebhookId) -> Outcome<Secret> {
    let mut bytes = Zeroizing::new([0; BYTES]);
    chance::Chance::fill(cmd.env.chance.as_ref(), bytes.as_mut_slice());
    let secret = Secret::new(format!("whsec_{}", STANDARD.encode(bytes.as_slice())));
    let sealed = cmd
        .env
        .sealer
        .seal(&seal_context(id), secret.expose().as_bytes())
        .map_err(anyhow::Error::from)?;
    db::webhooks::set_secret(cmd.tx, id, &STANDARD.encode(sealed), cmd.at).await?;
    Ok(secret)
}

fn snapshot(webhook: &Webhook) -> Map<String, Value> {
    let events: Vec<&str> = webhook.events.iter().map(|name| name.code()).collect();
    let mut map = Map::new();
    map.insert("label".into(), json!(webhook.label));
    map.insert("url".into(), json!(webhook.url));
    map.insert("events".into(), json!(events));
    map.insert("enabled".into(), json!(webhook.enabled));
    map
}

async fn record(
    cmd: Command<'_>,
    by: &ServerAdmin,
    webhook: &Webhook,
    change: Change,
) -> Outcome<()> {
    let target = Target::other("webhook", webhook.id.0, &webhook.label, Some(by.manager().id()));
    audit::record(cmd, &Actor::Manager(by.manager().clone()), &target, change).await
}
