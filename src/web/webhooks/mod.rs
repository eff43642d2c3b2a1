//! Webhooks and their deliveries, for server admins only.

mod deliveries;
mod form;
mod list;

use crate::crud::{self, delete};
use domain::webhook::Webhook;
use edge::routing::Routes;

pub fn routes(routes: &mut Routes) {
    routes
        .get("/webhooks", list::list)
        .post("/webhooks", crud::form::create::<Webhook>)
        .get("/webhooks/new", crud::form::new::<Webhook>)
        .get("/webhooks/deliveries", deliveries::list)
        .post("/webhooks/deliveries/{id:[0-9]{1,18}}/again", deliveries::send_again)
        .post("/webhooks/{id:[0-9]{1,18}}", crud::form::save::<Webhook>)
        .get("/webhooks/{id:[0-9]{1,18}}/edit", crud::form::edit::<Webhook>)
        .post("/webhooks/{id:[0-9]{1,18}}/test", form::test)
        .post("/webhooks/{id:[0-9]{1,18}}/secret", form::renew_secret)
        .get("/webhooks/{id:[0-9]{1,18}}/delete", delete::page::<Webhook>)
        .post("/webhooks/{id:[0-9]{1,18}}/delete", delete::delete::<Webhook>);
}
