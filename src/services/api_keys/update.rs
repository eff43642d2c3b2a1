//! Changes and revocation of API keys.

use super::{AccountKeys, audit_change, find, snapshot};
use crate::audit::Action;
use crate::{Command, Outcome, ServiceError, audit};
use auth::actor::Actor;
use domain::api_key::{ApiKey, ApiKeySettings};
use domain::id::ApiKeyId;

/// Changes the settings of one of the actor's API keys. Key and secret stay the same.
///
/// # Errors
/// [`ServiceError::Forbidden`] if the account may not use the API, or if an admin acts as the
/// customer; [`ServiceError::NotFound`] if the account has no such key.
pub async fn update(
    cmd: Command<'_>,
    by: &Actor,
    id: ApiKeyId,
    settings: &ApiKeySettings,
) -> Outcome<ApiKey> {
    let keys = AccountKeys::own(cmd.view(), by).await?;
    if cmd.origin.acting.is_some() {
        return Err(ServiceError::Forbidden);
    }
    let before = find(cmd.view(), &keys, id).await?;
    if before.settings == *settings {
        return Ok(before);
    }
    db::api_keys::update(cmd.tx, &before, settings).await?;
    let after = find(cmd.view(), &keys, id).await?;
    let (mut old, mut new) = audit::difference(snapshot(&before), snapshot(&after));
    // Both sides name the key, although it did not change.
    for side in [&mut old, &mut new] {
        side.insert("api_key".to_owned(), after.short().into());
    }
    let change = audit_change(
        &keys.target,
        (Action::CustomerApiKeyUpdated, Action::AdminApiKeyUpdated),
        Some(old.into()),
        Some(new.into()),
    );
    audit::record(cmd, by, &keys.target, change).await?;
    Ok(after)
}

/// Deletes a key and returns it.
///
/// # Errors
/// [`ServiceError::NotFound`] if the account has no such key; [`ServiceError::Forbidden`] while an
/// admin acts as a customer.
pub async fn revoke(cmd: Command<'_>, keys: &AccountKeys, id: ApiKeyId) -> Outcome<ApiKey> {
    if cmd.origin.acting.is_some() {
        return Err(ServiceError::Forbidden);
    }
    let key = find(cmd.view(), keys, id).await?;
    db::api_keys::remove(cmd.tx, &key).await?;
    let change = audit_change(
        &keys.target,
        (Action::CustomerApiKeyRevoked, Action::AdminApiKeyRevoked),
        Some(snapshot(&key).into()),
        None,
    );
    audit::record(cmd, &keys.by, &keys.target, change).await?;
    Ok(key)
}
