//! A new key.

use super::{Keyring, MOST, noted, snapshot};
use crate::audit::Action;
use crate::sign_in::api_key::digest;
use crate::{Command, Noun, Outcome, ServiceError, audit};
use auth::actor::Actor;
use domain::api_key::{ApiKey, KeyTerms};
use domain::chance;
use domain::fault::{Code, Fault};
use domain::secret::Secret;

/// Random bytes of a key and of its secret.
const BYTES: usize = 32;

/// A key that was just made.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// The key.
    pub key: ApiKey,
    /// Its secret. This is the only time that it can be had: the database keeps a digest.
    pub secret: Secret,
}

/// Makes a key for whoever asks.
///
/// # Errors
/// [`ServiceError::Forbidden`] where he may not use the API, or somebody acts as him;
/// [`ServiceError::Refused`] with `api-keys-too-many` (`max`).
pub async fn add(cmd: Command<'_>, by: &Actor, terms: &KeyTerms) -> Outcome<NewKey> {
    let ring = Keyring::own(cmd.view(), by).await?;
    // What somebody makes as another would outlast his acting.
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
        db::api_keys::insert(cmd.tx, ring.login, &name, &digest(&secret), terms, cmd.at).await?;
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
