//! PHP configurations; only server admins get in.

mod add;
mod delete;
mod edit;
mod form;
mod list;

use edge::routing::Routes;

/// The routes of PHP configurations.
pub fn routes(routes: &mut Routes) {
    routes
        .get("/php-configs", list::list)
        .post("/php-configs", add::create)
        .get("/php-configs/new", add::page)
        .post("/php-configs/{id:[0-9]{1,18}}", edit::save)
        .get("/php-configs/{id:[0-9]{1,18}}/edit", edit::page)
        .get("/php-configs/{id:[0-9]{1,18}}/delete", delete::page)
        .post("/php-configs/{id:[0-9]{1,18}}/delete", delete::delete);
}
