//! Delivers an event to a webhook.

use super::address::{self, AddressError};
use super::post::{Headers, PostError, post};
use super::sign::signature;
use crate::context::JobContext;
use crate::error::JobError;
use anyhow::anyhow;
use domain::delivery::Endpoint;
use domain::event::EventRecord;
use domain::id::{DeliveryId, WebhookId};
use services::{Command, Origin, ServiceError, View, events, webhooks};
use url::Url;

/// Status of an endpoint that was removed permanently.
const GONE: u16 = 410;

pub(crate) async fn run(context: &JobContext, id: DeliveryId) -> Result<(), JobError> {
    let snapshot = context.app.open_view().await?;
    // There is no delivery if it was deleted with its webhook, or by housekeeping.
    let Some((delivery, event)) = events::find(snapshot.view(), id).await? else { return Ok(()) };
    let Endpoint::Webhook(webhook) = delivery.endpoint else {
        return Err(JobError::GiveUp(anyhow!("The delivery is not for a webhook")));
    };
    let webhook = match webhooks::get(snapshot.view(), webhook).await {
        Err(ServiceError::NotFound(_)) => return Ok(()),
        outcome => outcome?,
    };
    if !webhook.enabled {
        return Err(JobError::GiveUp(anyhow!("The webhook is inactive")));
    }
    let url = Url::parse(&webhook.url)
        .map_err(|_| JobError::GiveUp(anyhow!("The URL of the webhook is not valid")))?;
    let addresses = address::resolve(&url, snapshot.settings.private_webhooks_allowed())
        .await
        .map_err(address_error)?;
    let headers = headers(context, snapshot.view(), webhook.id, &event).await?;
    let status = post(&url, &addresses, &headers, event.payload).await.map_err(post_error)?;
    let is_accepted = (200..300).contains(&status);
    let record = async |cmd: Command<'_>| {
        events::record_response(cmd, id, i32::from(status), is_accepted).await
    };
    context.app.change(&Origin::worker(), record).await?;
    match status {
        _ if is_accepted => Ok(()),
        GONE => {
            Err(JobError::GiveUp(anyhow!("The endpoint responded with 410: it no longer exists")))
        }
        300..400 => Err(JobError::Retry(anyhow!(
            "The endpoint responded with {status}: redirects are not followed"
        ))),
        _ => Err(JobError::Retry(anyhow!("The endpoint responded with {status}"))),
    }
}

async fn headers(
    context: &JobContext,
    view: View<'_>,
    webhook: WebhookId,
    event: &EventRecord,
) -> Result<Headers, JobError> {
    let secret = webhooks::secret(view, &context.app.env, webhook).await.map_err(secret_error)?;
    let timestamp = context.app.env.clock.now().as_second();
    let Some(signature) = signature(&secret, &event.message_id, timestamp, &event.payload) else {
        return Err(JobError::GiveUp(anyhow!("The secret cannot be read")));
    };
    Ok(Headers { id: event.message_id.clone(), timestamp, signature })
}

/// Maps an error of reading the secret. A secret that cannot be opened requires an admin, but a
/// later attempt may succeed after a failure of the database.
fn secret_error(error: ServiceError) -> JobError {
    match error {
        ServiceError::Internal(error) => JobError::GiveUp(error),
        error => error.into(),
    }
}

fn address_error(error: AddressError) -> JobError {
    match error {
        AddressError::Unknown => JobError::Retry(error.into()),
        AddressError::Private(_) => JobError::GiveUp(error.into()),
    }
}

fn post_error(error: PostError) -> JobError {
    match error {
        PostError::Request(_) => JobError::GiveUp(error.into()),
        _ => JobError::Retry(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use db::DbError;

    #[test]
    fn failures_of_the_database_are_retried() {
        let failed = ServiceError::Db(DbError::Conflict(String::new()));
        assert!(matches!(secret_error(failed), JobError::Retry(_)));
        let not_opened = ServiceError::Internal(anyhow!("the secret cannot be opened"));
        assert!(matches!(secret_error(not_opened), JobError::GiveUp(_)));
    }
}
