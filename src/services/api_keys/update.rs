//! Other terms for a key, and its end.

use super::{Keyring, find, noted, snapshot};
use crate::audit::Action;
use crate::{Command, Outcome, ServiceError, audit};
use auth::actor::Actor;
use domain::api_key::{ApiKey, KeyTerms};
use domain::id::ApiKeyId;

/// Changes what the owner of a key decides; key and secret stay.
///
/// # Errors
/// [`ServiceError::Forbidden`] where he may not use the API, or somebody acts as him;
/// [`ServiceError::NotFound`].
pub async fn update(
    cmd: Command<'_>,
    by: &Actor,
    id: ApiKeyId,
    terms: &KeyTerms,
) -> Outcome<ApiKey> {
    let ring = Keyring::own(cmd.view(), by).await?;
    if cmd.origin.acting.is_some() {
        return Err(ServiceError::Forbidden);
    }
    let before = find(cmd.view(), &ring, id).await?;
    if before.terms == *terms {
        return Ok(before);
    }
    db::api_keys::update(cmd.tx, &before, terms).await?;
    let after = find(cmd.view(), &ring, id).await?;
    let (mut old, mut new) = audit::difference(snapshot(&before), snapshot(&after));
    // Which one it was is said although it did not change.
    for side in [&mut old, &mut new] {
        side.insert("api_key".to_owned(), after.short().into());
    }
    let noted = noted(
        &ring.target,
        (Action::CustomerApiKeyUpdated, Action::AdminApiKeyUpdated),
        Some(old.into()),
        Some(new.into()),
    );
    audit::record(cmd, by, &ring.target, noted).await?;
    Ok(after)
}

/// Removes a key; gives what it was.
///
/// # Errors
/// [`ServiceError::NotFound`]; [`ServiceError::Forbidden`] for whoever acts as somebody else.
pub async fn revoke(cmd: Command<'_>, ring: &Keyring, id: ApiKeyId) -> Outcome<ApiKey> {
    if cmd.origin.acting.is_some() {
        return Err(ServiceError::Forbidden);
    }
    let key = find(cmd.view(), ring, id).await?;
    db::api_keys::remove(cmd.tx, &key).await?;
    let noted = noted(
        &ring.target,
        (Action::CustomerApiKeyRevoked, Action::AdminApiKeyRevoked),
        Some(snapshot(&key).into()),
        None,
    );
    audit::record(cmd, &ring.by, &ring.target, noted).await?;
    Ok(key)
}
