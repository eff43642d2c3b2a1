//! Mails in one's own words.

mod edit;
mod list;

use actix_web::web::ServiceConfig;
use edge::routing::{get, post};

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/mail-templates", get().to(list::list))
        .route("/mail-templates/{kind}/{language}", get().to(edit::show))
        .route("/mail-templates/{kind}/{language}", post().to(edit::save))
        .route("/mail-templates/{kind}/{language}/reset", post().to(edit::reset));
}
