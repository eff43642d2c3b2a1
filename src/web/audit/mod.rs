//! `/audit`: the audit trail.

pub mod entry;
mod list;
pub mod values;

use edge::routing::Routes;

/// The routes.
pub fn routes(routes: &mut Routes) {
    routes.get("/audit", list::list);
}
