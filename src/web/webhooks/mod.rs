//! Webhooks and their deliveries; only server admins have access.

mod deliveries;
mod form;
mod list;

use crate::crud::{self, delete};
use actix_web::web::ServiceConfig;
use edge::routing::{get, post};
use domain::webhook::Webhook;

/// The routes of webhooks.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/webhooks", get().to(list::list))
        .route("/webhooks", post().to(crud::form::create::<Webhook>))
        .route("/webhooks/new", get().to(crud::form::new::<Webhook>))
        .route("/webhooks/deliveries", get().to(deliveries::list))
        .route("/webhooks/deliveries/{id:[0-9]{1,18}}/again", post().to(deliveries::again))
        .route("/webhooks/{id:[0-9]{1,18}}", post().to(crud::form::save::<Webhook>))
        .route("/webhooks/{id:[0-9]{1,18}}/edit", get().to(crud::form::edit::<Webhook>))
        .route("/webhooks/{id:[0-9]{1,18}}/test", post().to(form::test))
        .route("/webhooks/{id:[0-9]{1,18}}/secret", post().to(form::renew_secret))
        .route("/webhooks/{id:[0-9]{1,18}}/delete", get().to(delete::page::<Webhook>))
        .route("/webhooks/{id:[0-9]{1,18}}/delete", post().to(delete::delete::<Webhook>));
}
