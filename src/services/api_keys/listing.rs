//! Reads of API keys.

use super::{AccountKeys, MAX_KEYS};
use crate::{Noun, Outcome, ServiceError, View};
use domain::api_key::ApiKey;
use domain::id::ApiKeyId;
use jiff::Timestamp;

/// Returns the keys, newest first.
pub async fn listing(view: View<'_>, keys: &AccountKeys) -> Outcome<Vec<ApiKey>> {
    // An account may have more keys than the maximum if an earlier version had a higher maximum.
    Ok(db::api_keys::list(view.on, keys.login, MAX_KEYS * 4).await?)
}

/// Returns one of the keys.
///
/// # Errors
/// [`ServiceError::NotFound`] if the account has no key with this id.
pub async fn find(view: View<'_>, keys: &AccountKeys, id: ApiKeyId) -> Outcome<ApiKey> {
    db::api_keys::find_of_login(view.on, keys.login, id)
        .await?
        .ok_or(ServiceError::NotFound(Noun::ApiKey))
}

/// Number and latest use of an account's API keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub count: usize,
    /// Time of the latest use of any key.
    pub last_used: Option<Timestamp>,
}

/// Returns number and latest use of the keys.
pub async fn summary(view: View<'_>, keys: &AccountKeys) -> Outcome<Summary> {
    let listed = listing(view, keys).await?;
    Ok(Summary {
        count: listed.len(),
        last_used: listed.iter().filter_map(|key| key.last_used_at).max(),
    })
}
