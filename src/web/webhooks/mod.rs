//! Webhooks and what was sent to them; only server admins get in.

mod add;
mod delete;
mod deliveries;
mod edit;
mod form;
mod list;
mod made;

use edge::routing::Routes;

/// The routes of webhooks.
pub fn routes(routes: &mut Routes) {
    routes
        .get("/webhooks", list::list)
        .post("/webhooks", add::create)
        .get("/webhooks/new", add::page)
        .get("/webhooks/deliveries", deliveries::list)
        .post("/webhooks/deliveries/{id:[0-9]{1,18}}/again", deliveries::again)
        .post("/webhooks/{id:[0-9]{1,18}}", edit::save)
        .get("/webhooks/{id:[0-9]{1,18}}/edit", edit::page)
        .post("/webhooks/{id:[0-9]{1,18}}/test", edit::test)
        .post("/webhooks/{id:[0-9]{1,18}}/secret", edit::renew)
        .get("/webhooks/{id:[0-9]{1,18}}/delete", delete::page)
        .post("/webhooks/{id:[0-9]{1,18}}/delete", delete::delete);
}
