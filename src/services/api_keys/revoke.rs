//! The end of a key.

use super::{Keyring, find, noted, snapshot};
use crate::audit::Action;
use crate::{Command, Outcome, ServiceError, audit};
use domain::api_key::ApiKey;
use domain::id::ApiKeyId;

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
