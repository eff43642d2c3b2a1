//! Adding, changing, testing and deleting webhooks.

use super::{WebhookInput, get, private_address, seal_context};
use crate::audit::{self, Action, Change, Target, TargetKind};
use crate::{Command, Outcome, ServiceError, events, sealed};
use auth::actor::{Actor, ServerAdmin};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::DbError;
use domain::id::WebhookId;
use domain::random;
use domain::secret::Secret;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use domain::webhook::Webhook;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

/// Code of the validation error for a label that another webhook has.
const LABEL_TAKEN: ErrorCode = ErrorCode::WebhookLabelTaken;
/// Length of a secret, in random bytes.
const SECRET_BYTES: usize = 32;

/// A webhook with its new secret. The secret is shown only this once.
#[derive(Clone, Debug)]
pub struct WebhookWithSecret {
    pub webhook: Webhook,
    /// The secret in the format of Standard Webhooks: `whsec_` and Base64.
    pub secret: Secret,
}

/// Adds a webhook.
///
/// # Errors
/// [`ServiceError::Invalid`] for a label that another webhook has, or a URL that the settings
/// forbid.
pub async fn add(
    cmd: Command<'_>,
    by: &ServerAdmin,
    input: &WebhookInput,
) -> Outcome<WebhookWithSecret> {
    check(cmd, None, input).await?;
    let new = Webhook {
        id: WebhookId(0),
        label: input.label.clone(),
        url: input.url.clone(),
        events: input.events.clone(),
        enabled: input.enabled,
        created_at: cmd.at,
    };
    let id = db::webhooks::insert(cmd.tx, &new, cmd.at).await.map_err(label_error)?;
    let secret = set_new_secret(cmd, id).await?;
    let webhook = get(cmd.view(), id).await?;
    let change = Change {
        action: Action::WebhookAdded,
        before: None,
        after: Some(snapshot(&webhook).into()),
    };
    record(cmd, by, &webhook, change).await?;
    Ok(WebhookWithSecret { webhook, secret })
}

/// Changes a webhook. Its secret stays the same.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown id; [`ServiceError::Invalid`] as for [`add`].
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
    db::webhooks::update(cmd.tx, &after, cmd.at).await.map_err(label_error)?;
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

/// Refuses a label that another webhook has, and a private IP address that the worker would refuse
/// at the first event. A host name is resolved only when something is sent.
async fn check(cmd: Command<'_>, before: Option<&Webhook>, input: &WebhookInput) -> Outcome<()> {
    let mut errors = FieldErrors::default();
    let name = input.label.to_lowercase();
    let others = db::webhooks::all(cmd.tx).await?;
    if others.iter().any(|other| {
        before.is_none_or(|before| before.id != other.id) && other.label.to_lowercase() == name
    }) {
        errors.push("label", ValidationError::new(LABEL_TAKEN));
    }
    // A webhook with an address that is no longer allowed can still be deactivated.
    let is_url_checked =
        before.is_none_or(|before| before.url != input.url || (input.enabled && !before.enabled));
    if is_url_checked && let Some(address) = private_address(cmd.settings, &input.url) {
        errors.push(
            "url",
            ValidationError::new(ErrorCode::WebhookUrlPrivate).with("address", address),
        );
    }
    Ok(errors.into_result(())?)
}

/// Maps the violation of the unique key, which occurs if two requests use the same label at the
/// same time.
fn label_error(error: DbError) -> ServiceError {
    match error {
        DbError::UniqueViolation(_) => {
            ServiceError::field("label", ValidationError::new(LABEL_TAKEN))
        }
        other => other.into(),
    }
}

/// Replaces a webhook's secret. Later requests are signed with the new one only.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown id.
pub async fn renew_secret(
    cmd: Command<'_>,
    by: &ServerAdmin,
    id: WebhookId,
) -> Outcome<WebhookWithSecret> {
    let webhook = get(cmd.view(), id).await?;
    let secret = set_new_secret(cmd, id).await?;
    record(cmd, by, &webhook, Change::of(Action::WebhookSecretRenewed)).await?;
    Ok(WebhookWithSecret { webhook, secret })
}

/// Deletes a webhook with its deliveries, and returns it. Jobs that are running end by themselves.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown id.
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

/// Sends a test event to a webhook.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown id.
pub async fn send_test(cmd: Command<'_>, by: &ServerAdmin, id: WebhookId) -> Outcome<Webhook> {
    let webhook = get(cmd.view(), id).await?;
    events::emit_test(cmd, id, &webhook.label).await?;
    record(cmd, by, &webhook, Change::of(Action::WebhookTested)).await?;
    Ok(webhook)
}

async fn set_new_secret(cmd: Command<'_>, id: WebhookId) -> Outcome<Secret> {
    let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
    random::RandomSource::fill(cmd.env.random.as_ref(), bytes.as_mut_slice());
    let secret = Secret::new(format!("whsec_{}", STANDARD.encode(bytes.as_slice())));
    let sealed = sealed::seal(&cmd.env.sealer, &seal_context(id), secret.expose())?;
    db::webhooks::set_secret(cmd.tx, id, &sealed, cmd.at).await?;
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
    let target =
        Target::other(TargetKind::Webhook, webhook.id.0, &webhook.label, Some(by.manager().id()));
    audit::record(cmd, &Actor::Manager(by.manager().clone()), &target, change).await
}
