//! Looking at keys.

use super::{Keyring, MOST};
use crate::{Noun, Outcome, ServiceError, View};
use domain::api_key::ApiKey;
use domain::id::ApiKeyId;
use jiff::Timestamp;

/// The keys, newest first.
///
/// # Errors
/// The database's.
pub async fn listing(view: View<'_>, ring: &Keyring) -> Outcome<Vec<ApiKey>> {
    // More than may be made can be there where the limit was another one.
    Ok(db::api_keys::list(view.on, ring.login, MOST * 4).await?)
}

/// One of the keys.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn find(view: View<'_>, ring: &Keyring, id: ApiKeyId) -> Outcome<ApiKey> {
    db::api_keys::find_of(view.on, ring.login, id)
        .await?
        .ok_or(ServiceError::NotFound(Noun::ApiKey))
}

/// The keys of an account in two facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many there are.
    pub count: usize,
    /// When one of them was last used.
    pub last_used: Option<Timestamp>,
}

/// How many there are, and when one was last used.
///
/// # Errors
/// The database's.
pub async fn summary(view: View<'_>, ring: &Keyring) -> Outcome<Summary> {
    let keys = listing(view, ring).await?;
    Ok(Summary {
        count: keys.len(),
        last_used: keys.iter().filter_map(|key| key.last_used_at).max(),
    })
}
