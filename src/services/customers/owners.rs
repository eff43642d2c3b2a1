//! Whose customers there are: for filters and for moving.

use crate::{Outcome, View};
use auth::actor::Manager;
use db::Key;
use domain::id::AdminId;
use domain::scope::Scope;
use std::sync::Arc;

/// The admins who can own customers, by login name, at most `limit`, as of a moment ago; a
/// reseller, who sees none but his own customers, gets none.
///
/// # Errors
/// The database's.
pub async fn owners(
    view: View<'_>,
    by: &Manager,
    limit: u64,
) -> Outcome<Arc<Vec<(AdminId, String)>>> {
    if !by.sees_all() && by.as_server_admin().is_none() {
        return Ok(Arc::default());
    }
    let key = Key::part("owner names", Scope::All, limit);
    Ok(view.on.recent(key, async |on| db::admins::names(on, limit).await).await?)
}

/// The admin of this login name or id, for whoever may know him.
///
/// # Errors
/// The database's.
pub async fn owner_named(
    view: View<'_>,
    by: &Manager,
    text: &str,
) -> Outcome<Option<(AdminId, String)>> {
    if by.sees_all() { Ok(db::admins::named(view.on, text).await?) } else { Ok(None) }
}
