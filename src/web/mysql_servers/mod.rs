//! MySQL servers; only server admins get in.

mod add;
mod delete;
mod edit;
mod form;
mod list;
mod probe;

use edge::routing::Routes;

/// The routes of `MySQL` servers.
pub fn routes(routes: &mut Routes) {
    routes
        .get("/mysql-servers", list::list)
        .post("/mysql-servers", add::create)
        .get("/mysql-servers/new", add::page)
        .post("/mysql-servers/{id:[0-9]{1,18}}", edit::save)
        .post("/mysql-servers/{id:[0-9]{1,18}}/test", probe::probe)
        .get("/mysql-servers/{id:[0-9]{1,18}}/edit", edit::page)
        .get("/mysql-servers/{id:[0-9]{1,18}}/delete", delete::page)
        .post("/mysql-servers/{id:[0-9]{1,18}}/delete", delete::delete);
}
