//! Creation of API keys.

use super::{Keyring, MOST, noted, snapshot};
use crate::audit::Action;
use crate::{Command, Noun, Outcome, ServiceError, audit, digest};
use auth::actor::Actor;
use domain::api_key::{ApiKey, KeyTerms};
use domain::chance;
use domain::fault::{Code, Fault};
use domain::secret::Secret;

/// Number of random bytes in a key and in its secret.
const BYTES: usize = 32;

/// A new API key.
#[derive(Clone, Debug)]
pub struct NewKey {
    pub key: ApiKey,
    /// The secret is available only now: the database stores a digest.
    pub secret: Secret,
}

/// Creates an API key for the signed-in account.
///
/// # Errors
/// [`ServiceError::Forbidden`] if the account may not use the API, or if an admin acts as the
/// customer; [`ServiceError::Refused`] with `api-keys-too-many` (`max`).
pub async fn add(cmd: Command<'_>, by: &Actor, terms: &KeyTerms) -> Outcome<NewKey> {
    let ring = Keyring::own(cmd.view(), by).await?;
    // A key that an admin creates while acting as a customer would stay valid afterwards.
    if cmd.origin.acting.is_some() {
        return Err(ServiceError::Forbidden);
    }
    if db::api_keys::count(cmd.tx, ring.login).await? >= MOST {
        return Err(ServiceError::Refused(Fault::new(Code::ApiKeysTooMany).with("max", MOST)));
    }
    let random = cmd.env.chance.as_ref();
    let (name, secret) =
        (chance::hex_token(random, BYTES), Secret::new(chance::token(random, BYTES)));
    let id =
        db::api_keys::insert(cmd.tx, ring.login, &name, &digest(secret.expose()), terms, cmd.at)
            .await?;
    let key = db::api_keys::find_of(cmd.tx, ring.login, id)
        .await?
        .ok_or(ServiceError::NotFound(Noun::ApiKey))?;
    let noted = noted(
        &ring.target,
        (Action::CustomerApiKeyAdded, Action::AdminApiKeyAdded),
        None,
        Some(snapshot(&key).into()),
    );
    audit::record(cmd, by, &ring.target, noted).await?;
    Ok(NewKey { key, secret })
}
