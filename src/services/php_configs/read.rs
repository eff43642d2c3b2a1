//! Reading PHP configurations.

use crate::{Noun, Outcome, ServiceError, View};
use db::{Key, Reader};
use domain::id::PhpConfigId;
use domain::php_config::PhpConfig;
use std::collections::HashMap;
use std::sync::Arc;

/// Returns all PHP configurations.
pub async fn all(view: View<'_>) -> Outcome<Vec<PhpConfig>> {
    Ok(db::php_configs::all(view.on).await?)
}

/// Returns the ids and descriptions of all PHP configurations, for selections and customers' pages.
/// They come from the cache and may be a second old.
pub async fn names(view: View<'_>) -> Outcome<Arc<Vec<(PhpConfigId, String)>>> {
    let read = async |on: &Reader| {
        Ok(db::php_configs::all(on)
            .await?
            .into_iter()
            .map(|config| (config.id, config.description))
            .collect())
    };
    Ok(view.on.recent(Key::unscoped("PHP configurations"), read).await?)
}

/// Returns a PHP configuration.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown id.
pub async fn get(view: View<'_>, id: PhpConfigId) -> Outcome<PhpConfig> {
    all(view)
        .await?
        .into_iter()
        .find(|config| config.id == id)
        .ok_or(ServiceError::NotFound(Noun::PhpConfig))
}

/// Returns the number of customers who may use a PHP configuration.
pub async fn customer_count(view: View<'_>, id: PhpConfigId) -> Outcome<u64> {
    Ok(db::php_configs::count_customers(view.on, id).await?)
}

/// Returns the number of customers who may use each PHP configuration. Those without customers are
/// left out.
pub async fn customer_counts(view: View<'_>) -> Outcome<HashMap<PhpConfigId, u64>> {
    Ok(db::php_configs::customer_counts(view.on).await?)
}
