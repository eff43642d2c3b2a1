//! Owners of customers, for filters and for moving.

use crate::{Outcome, View};
use auth::actor::Manager;
use db::Key;
use domain::id::AdminId;
use domain::scope::Scope;
use std::sync::Arc;

/// Returns ids and login names of all admins and resellers, sorted by login name, at most `limit`.
/// The result may be a second old.
///
/// The list is empty for managers who see only their own customers, unless they are server admins.
pub async fn owners(
    view: View<'_>,
    by: &Manager,
    limit: u64,
) -> Outcome<Arc<Vec<(AdminId, String)>>> {
    if !by.sees_all() && by.as_server_admin().is_none() {
        return Ok(Arc::default());
    }
    let key = Key::scoped("owner names", Scope::All, limit);
    Ok(view.on.recent(key, async |on| db::admins::names(on, limit).await).await?)
}

/// Returns id and login name of the admin with this login name or id. Managers who see only their
/// own customers always get `None`.
pub async fn find_owner(
    view: View<'_>,
    by: &Manager,
    name_or_id: &str,
) -> Outcome<Option<(AdminId, String)>> {
    if by.sees_all() {
        Ok(db::admins::find_id_and_name(view.on, name_or_id).await?)
    } else {
        Ok(None)
    }
}
