//! Looking at MySQL servers.

use super::MysqlServer;
use crate::db;
use crate::services::{Outcome, View};

/// Every one there is.
///
/// # Errors
/// The database's.
pub async fn all(view: View<'_>) -> Outcome<Vec<MysqlServer>> {
    Ok(db::mysql_servers::all(view.on).await?)
}
