//! `/account`: the signed-in account's own password, language and theme.

mod password;
mod show;
mod tastes;

use edge::routing::Routes;

pub fn routes(routes: &mut Routes) {
    routes
        .get("/account", show::show)
        .post("/account/language", tastes::language)
        .post("/account/theme", tastes::theme)
        .post("/account/password", password::change);
}
