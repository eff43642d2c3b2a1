//! Looking at MySQL servers.

use crate::{Noun, Outcome, ServiceError, View};
use db::{Key, Reader};
use domain::id::MysqlServerId;
use domain::mysql::MysqlServer;
use std::collections::HashMap;
use std::sync::Arc;

/// Every one there is.
///
/// # Errors
/// The database's.
pub async fn all(view: View<'_>) -> Outcome<Vec<MysqlServer>> {
    Ok(db::mysql_servers::all(view.on).await?)
}

/// What every one is called, by id, as of a moment ago: for choices, and beside a customer.
///
/// # Errors
/// The database's.
pub async fn names(view: View<'_>) -> Outcome<Arc<Vec<(MysqlServerId, String)>>> {
    let read = async |on: &Reader| {
        Ok(db::mysql_servers::all(on)
            .await?
            .into_iter()
            .map(|server| (server.id, server.name))
            .collect())
    };
    Ok(view.on.recent(Key::whole("MySQL servers"), read).await?)
}

/// The one of that id.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn get(view: View<'_>, id: MysqlServerId) -> Outcome<MysqlServer> {
    all(view)
        .await?
        .into_iter()
        .find(|server| server.id == id)
        .ok_or(ServiceError::NotFound(Noun::MysqlServer))
}

/// How many customers may use it.
///
/// # Errors
/// The database's.
pub async fn customers(view: View<'_>, id: MysqlServerId) -> Outcome<u64> {
    Ok(db::mysql_servers::customers(view.on, id).await?)
}

/// How many customers may use each; those that none may are left out.
///
/// # Errors
/// The database's.
pub async fn customer_counts(view: View<'_>) -> Outcome<HashMap<MysqlServerId, u64>> {
    Ok(db::mysql_servers::customer_counts(view.on).await?)
}
