//! Reading webhooks.

use super::seal_context;
use crate::settings::ProviderSettings;
use crate::{Env, Noun, Outcome, ServiceError, View, sealed};
use anyhow::Context as _;
use auth::actor::ServerAdmin;
use domain::id::WebhookId;
use domain::network;
use domain::secret::Secret;
use domain::webhook::Webhook;
use std::collections::HashMap;
use url::Url;

/// Returns all webhooks.
pub async fn all(view: View<'_>, _by: &ServerAdmin) -> Outcome<Vec<Webhook>> {
    Ok(db::webhooks::all(view.on).await?)
}

/// Returns a webhook.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown id.
pub async fn get(view: View<'_>, id: WebhookId) -> Outcome<Webhook> {
    db::webhooks::find(view.on, id).await?.ok_or(ServiceError::NotFound(Noun::Webhook))
}

/// Returns the private IP address in a URL, if the settings forbid private addresses. Host names
/// are not resolved.
#[must_use]
pub fn private_address(settings: &ProviderSettings, url: &str) -> Option<String> {
    let url = Url::parse(url).ok().filter(|_| !settings.private_webhooks_allowed())?;
    network::private_literal(&url).map(|address| address.to_string())
}

/// Returns the number of deliveries of each webhook that were given up.
pub async fn failed_counts(view: View<'_>, _by: &ServerAdmin) -> Outcome<HashMap<WebhookId, u64>> {
    Ok(db::deliveries::failed_counts(view.on).await?.into_iter().collect())
}

/// Returns the secret that signs a webhook's deliveries, for the worker.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown id; [`ServiceError::Internal`] if the secret cannot be
/// opened.
pub async fn secret(view: View<'_>, env: &Env, id: WebhookId) -> Outcome<Secret> {
    let stored =
        db::webhooks::secret(view.on, id).await?.ok_or(ServiceError::NotFound(Noun::Webhook))?;
    Ok(sealed::open(&env.sealer, &seal_context(id), &stored)
        .context("the secret cannot be opened: was the secret key replaced?")?)
}
