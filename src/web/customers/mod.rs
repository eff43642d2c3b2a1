//! Customers: list, export, import, add, show, edit, move, suspend, unlock, delete.

mod add;
mod choices;
mod conflict;
pub(crate) mod customer_page;
mod delete;
mod edit;
mod export;
mod form;
mod import;
mod list;
mod move_customer;
mod query;
mod separator;
mod show;
mod suspend;

use edge::routing::Routes;

pub fn routes(routes: &mut Routes) {
    routes
        .get("/customers", list::page)
        .post("/customers", add::create)
        .get("/customers.csv", export::export)
        .get("/customers/new", add::page)
        .get("/customers/import", import::form)
        .post("/customers/import", import::preview)
        .post("/customers/import/confirm", import::confirm::confirm)
        .get("/customers/import/example.csv", import::example)
        .get("/customers/import/{id}", import::run::page)
        .post("/customers/import/{id}/confirm", import::run::confirm)
        .post("/customers/import/{id}/encoding", import::run::reread)
        .get("/customers/{loginname}", show::page)
        .post("/customers/{loginname}", edit::update)
        .get("/customers/{loginname}/edit", edit::page)
        .get("/customers/{loginname}/move", move_customer::page)
        .post("/customers/{loginname}/move", move_customer::move_to)
        .get("/customers/{loginname}/delete", delete::page)
        .post("/customers/{loginname}/delete", delete::delete)
        .post("/customers/{loginname}/unlock", show::unlock)
        .get("/customers/{loginname}/suspend", suspend::page)
        .post("/customers/{loginname}/suspend", suspend::suspend)
        .post("/customers/{loginname}/resume", suspend::resume);
}
