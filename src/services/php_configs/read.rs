//! Looking at PHP configurations.

use super::PhpConfig;
use crate::db;
use crate::domain::id::PhpConfigId;
use crate::services::{Outcome, ServiceError, View};
use std::collections::HashMap;

/// Every one there is.
///
/// # Errors
/// The database's.
pub async fn all(view: View<'_>) -> Outcome<Vec<PhpConfig>> {
    Ok(db::php_configs::all(view.on).await?)
}

/// The one of that id.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn get(view: View<'_>, id: PhpConfigId) -> Outcome<PhpConfig> {
    all(view).await?.into_iter().find(|config| config.id == id).ok_or(ServiceError::NotFound("PHP configuration"))
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
