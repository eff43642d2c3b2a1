//! From a key and its secret to an account. Whatever is wrong with them, the answer is the same.

use crate::app::App;
use crate::{Command, Origin, Outcome, View};
use auth::accounts::{self, Account};
use auth::actor::Actor;
use domain::api_key::ApiKey;
use domain::secret::Secret;
use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};
use std::net::IpAddr;
use subtle::ConstantTimeEq as _;

/// How a secret is stored: secrets are random and long, so a digest without salt and stretching
/// keeps them.
#[must_use]
pub fn digest(secret: &Secret) -> String {
    hex::encode(Sha256::digest(secret.expose().as_bytes()))
}

/// Whoever showed a good key.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account that the key belongs to.
    pub account: Account,
    /// The key.
    pub key: ApiKey,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Admission {
    /// He may call.
    Welcome(Box<Caller>),
    /// No; nobody learns why.
    Refused,
    /// The key is good, but its owner, an admin, is suspended.
    Suspended,
}

/// Uses of a key are noted at most this often.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Whom a key lets in.
///
/// A customer who is suspended or may not use the API is refused like one with a wrong secret; an
/// admin who is suspended hears it. `client` is the client's address; where it is not known for
/// certain, a key that is limited to addresses lets nobody in.
///
/// # Errors
/// The database's.
pub async fn admit(
    app: &App,
    view: View<'_>,
    origin: &Origin,
    client: Option<IpAddr>,
    key: &str,
    secret: &Secret,
) -> Outcome<Admission> {
    let found = db::api_keys::find(view.on, key).await?;
    let known = found.as_ref().map_or("", |(_, digest)| digest.as_str());
    let right: bool = digest(secret).as_bytes().ct_eq(known.as_bytes()).into();
    let Some((key, _)) = found.filter(|_| right) else { return Ok(Admission::Refused) };
    if !key.admits(client, view.at) {
        return Ok(Admission::Refused);
    }
    let Some(account) =
        accounts::find(view.on, key.login).await?.filter(|account| account.api_allowed)
    else {
        return Ok(Admission::Refused);
    };
    if account.suspended {
        return Ok(if matches!(account.actor, Actor::Manager(_)) {
            Admission::Suspended
        } else {
            Admission::Refused
        });
    }
    if key.last_used_at.is_none_or(|last| view.at.duration_since(last) >= NOTED_EVERY) {
        let noted = app
            .change(origin, async |cmd: Command<'_>| {
                db::api_keys::note_use(cmd.tx, key.id, cmd.at).await
            })
            .await;
        // A database that cannot be written to can still be read.
        noted.unwrap_or_else(|error| tracing::warn!(%error, "the use of a key could not be noted"));
    }
    Ok(Admission::Welcome(Box::new(Caller { account, key })))
}
