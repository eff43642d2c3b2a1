//! Authentication with an API key and its secret. All failures get the same response, except that a
//! suspended admin with a valid key learns of the suspension.

use crate::app::App;
use crate::{Outcome, View, digest};
use auth::accounts::{self, Account};
use auth::actor::Actor;
use db::{DbError, Tx};
use domain::api_key::ApiKey;
use domain::secret::Secret;
use jiff::SignedDuration;
use std::net::IpAddr;
use subtle::ConstantTimeEq as _;

/// The authenticated caller of an API request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account of the key.
    pub account: Account,
    pub key: ApiKey,
}

/// The result of [`admit`].
#[derive(Clone, Debug)]
pub enum Admission {
    /// The key is valid.
    Granted(Box<Caller>),
    /// The key is not valid, or its account may not use the API. The response does not give the
    /// reason.
    Refused,
    /// The key is valid, but its owner is a suspended admin.
    Suspended,
}

/// Minimum interval between two updates of a key's last use.
const LAST_USE_INTERVAL: SignedDuration = SignedDuration::from_mins(1);

/// Authenticates an API key.
///
/// A customer who is suspended or may not use the API is refused as if the secret were wrong. For a
/// suspended admin, the response names the suspension. `client` is the address of the client, if it
/// is known for certain. Without it, a key that is limited to addresses is refused.
pub async fn admit(
    app: &App,
    view: View<'_>,
    client: Option<IpAddr>,
    key: &str,
    secret: &Secret,
) -> Outcome<Admission> {
    let found = db::api_keys::find(view.on, key).await?;
    let known = found.as_ref().map_or("", |(_, digest)| digest.as_str());
    let is_right: bool = digest(secret.expose()).as_bytes().ct_eq(known.as_bytes()).into();
    let Some((key, _)) = found.filter(|_| is_right) else { return Ok(Admission::Refused) };
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
    if key.last_used_at.is_none_or(|last| view.at.duration_since(last) >= LAST_USE_INTERVAL) {
        let write = async |tx: &Tx| db::api_keys::record_use(tx, key.id, view.at).await;
        let recorded = app.db.write_keeping_cache(write).await;
        // The request continues: a database that cannot be written may still be readable.
        recorded.unwrap_or_else(|error: DbError| {
            tracing::warn!(%error, "the last use of an API key could not be stored");
        });
    }
    Ok(Admission::Granted(Box::new(Caller { account, key })))
}
