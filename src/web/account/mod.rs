//! `/account`: what everybody may change of himself.

mod password;
mod show;
mod tastes;

use edge::routing::Routes;

/// The routes.
pub fn routes(routes: &mut Routes) {
    routes
        .get("/account", show::show)
        .post("/account/language", tastes::language)
        .post("/account/theme", tastes::theme)
        .post("/account/password", password::change);
}
