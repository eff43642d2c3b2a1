//! `/account`: the signed-in account's own password, language and theme.

mod password;
mod preferences;
mod show;

use edge::routing::Routes;

pub fn routes(routes: &mut Routes) {
    routes
        .get("/account", show::show)
        .post("/account/language", preferences::set_language)
        .post("/account/theme", preferences::set_theme)
        .post("/account/password", password::change);
}
