//! `/audit`: the audit log.

pub mod entry;
mod list;
pub mod values;

use edge::routing::Routes;

pub fn routes(routes: &mut Routes) {
    routes.get("/audit", list::list);
}
