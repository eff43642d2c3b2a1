//! Creation of API keys.

use super::{AccountKeys, MAX_KEYS, audit_change, snapshot};
use crate::audit::Action;
use crate::{Command, Noun, Outcome, ServiceError, audit, digest};
use auth::actor::Actor;
use domain::api_key::{ApiKey, ApiKeySettings};
use domain::random;
use domain::secret::Secret;
use domain::validation::{ErrorCode, ValidationError};

/// Number of random bytes in a key and in its secret.
const KEY_BYTES: usize = 32;

/// A new API key.
#[derive(Clone, Debug)]
pub struct NewKey {
    pub key: ApiKey,
    /// The secret cannot be read later: the database stores a digest.
    pub secret: Secret,
}

/// Creates an API key for the signed-in account.
///
/// # Errors
/// [`ServiceError::Forbidden`] if the API is disabled, if the account may not use it, or if an
/// admin acts as the customer; [`ServiceError::Refused`] with `api-keys-too-many` (`max`).
pub async fn add(cmd: Command<'_>, by: &Actor, settings: &ApiKeySettings) -> Outcome<NewKey> {
    let keys = AccountKeys::own(cmd.view(), by).await?;
    // A key that an admin creates while acting as a customer would stay valid afterwards.
    if cmd.origin.acting.is_some() {
        return Err(ServiceError::Forbidden);
    }
    if db::api_keys::count(cmd.tx, keys.login).await? >= MAX_KEYS {
        return Err(ServiceError::Refused(
            ValidationError::new(ErrorCode::ApiKeysTooMany).with("max", MAX_KEYS),
        ));
    }
    let random = cmd.env.random.as_ref();
    let (name, secret) =
        (random::hex_token(random, KEY_BYTES), Secret::new(random::token(random, KEY_BYTES)));
    let id =
        db::api_keys::insert(cmd.tx, keys.login, &name, &digest(secret.expose()), settings, cmd.at)
            .await?;
    let key = db::api_keys::find_of_login(cmd.tx, keys.login, id)
        .await?
        .ok_or(ServiceError::NotFound(Noun::ApiKey))?;
    let change = audit_change(
        &keys.target,
        (Action::CustomerApiKeyAdded, Action::AdminApiKeyAdded),
        None,
        Some(snapshot(&key).into()),
    );
    audit::record(cmd, by, &keys.target, change).await?;
    Ok(NewKey { key, secret })
}
