//! Looking at PHP configurations.

use crate::{Noun, Outcome, ServiceError, View};
use db::{Key, Reader};
use domain::id::PhpConfigId;
use domain::php_config::PhpConfig;
use std::collections::HashMap;
use std::sync::Arc;

/// Every one there is.
///
/// # Errors
/// The database's.
pub async fn all(view: View<'_>) -> Outcome<Vec<PhpConfig>> {
    Ok(db::php_configs::all(view.on).await?)
}

/// What every one is called, by id, as of a moment ago: for choices, and beside a customer.
///
/// # Errors
/// The database's.
pub async fn names(view: View<'_>) -> Outcome<Arc<Vec<(PhpConfigId, String)>>> {
    let read = async |on: &Reader| {
        Ok(db::php_configs::all(on)
            .await?
            .into_iter()
            .map(|config| (config.id, config.description))
            .collect())
    };
    Ok(view.on.recent(Key::whole("PHP configurations"), read).await?)
}

/// The one of that id.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn get(view: View<'_>, id: PhpConfigId) -> Outcome<PhpConfig> {
    all(view)
        .await?
        .into_iter()
        .find(|config| config.id == id)
        .ok_or(ServiceError::NotFound(Noun::PhpConfig))
}

/// How many customers may choose it.
///
/// # Errors
/// The database's.
pub async fn customers(view: View<'_>, id: PhpConfigId) -> Outcome<u64> {
    Ok(db::php_configs::customers(view.on, id).await?)
}

/// How many customers may choose each; those that none may are left out.
///
/// # Errors
/// The database's.
pub async fn customer_counts(view: View<'_>) -> Outcome<HashMap<PhpConfigId, u64>> {
    Ok(db::php_configs::customer_counts(view.on).await?)
}
