//! Webhooks and what was sent to them; only server admins get in.

mod add;
mod delete;
mod deliveries;
mod edit;
mod form;
mod list;
mod made;

use actix_web::web::ServiceConfig;
use edge::routing::{get, post};

/// The routes of webhooks.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/webhooks", get().to(list::list))
        .route("/webhooks", post().to(add::create))
        .route("/webhooks/new", get().to(add::page))
        .route("/webhooks/deliveries", get().to(deliveries::list))
        .route("/webhooks/deliveries/{id:[0-9]{1,18}}/again", post().to(deliveries::again))
        .route("/webhooks/{id:[0-9]{1,18}}", post().to(edit::save))
        .route("/webhooks/{id:[0-9]{1,18}}/edit", get().to(edit::page))
        .route("/webhooks/{id:[0-9]{1,18}}/test", post().to(edit::test))
        .route("/webhooks/{id:[0-9]{1,18}}/secret", post().to(edit::renew))
        .route("/webhooks/{id:[0-9]{1,18}}/delete", get().to(delete::page))
        .route("/webhooks/{id:[0-9]{1,18}}/delete", post().to(delete::delete));
}
