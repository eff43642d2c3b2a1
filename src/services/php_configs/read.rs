//! Looking at PHP configurations.

use super::PhpConfig;
use crate::db;
use crate::services::{Outcome, View};

/// Every one there is.
///
/// # Errors
/// The database's.
pub async fn all(view: View<'_>) -> Outcome<Vec<PhpConfig>> {
    Ok(db::php_configs::all(view.on).await?)
}
