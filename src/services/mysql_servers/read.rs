//! Reading MySQL servers.

use crate::{Noun, Outcome, ServiceError, View};
use db::{Key, Reader};
use domain::id::MysqlServerId;
use domain::mysql::MysqlServer;
use std::collections::HashMap;
use std::sync::Arc;

/// Returns all MySQL servers.
pub async fn all(view: View<'_>) -> Outcome<Vec<MysqlServer>> {
    Ok(db::mysql_servers::all(view.on).await?)
}

/// Returns the ids and names of all servers, for selections and customers' pages. They come from
/// the cache and may be a second old.
pub async fn names(view: View<'_>) -> Outcome<Arc<Vec<(MysqlServerId, String)>>> {
    let read = async |on: &Reader| {
        Ok(db::mysql_servers::all(on)
            .await?
            .into_iter()
            .map(|server| (server.id, server.name))
            .collect())
    };
    Ok(view.on.recent(Key::unscoped("MySQL servers"), read).await?)
}

/// Returns a server.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown id.
pub async fn get(view: View<'_>, id: MysqlServerId) -> Outcome<MysqlServer> {
    db::mysql_servers::find(view.on, id).await?.ok_or(ServiceError::NotFound(Noun::MysqlServer))
}

/// Returns the number of customers who may use a server.
pub async fn customer_count(view: View<'_>, id: MysqlServerId) -> Outcome<u64> {
    Ok(db::mysql_servers::count_customers(view.on, id).await?)
}

/// Returns the number of customers who may use each server. Servers without customers are left out.
pub async fn customer_counts(view: View<'_>) -> Outcome<HashMap<MysqlServerId, u64>> {
    Ok(db::mysql_servers::customer_counts(view.on).await?)
}
