//! `/settings`: the provider's settings.

mod edit;
mod form;

use edge::routing::Routes;

/// The routes.
pub fn routes(routes: &mut Routes) {
    routes.get("/settings", edit::show).post("/settings", edit::save);
}
