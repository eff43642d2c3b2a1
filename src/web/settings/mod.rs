//! `/settings`: the provider's settings.

mod edit;
mod form;

use actix_web::web::ServiceConfig;
use edge::routing::{get, post};

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/settings", get().to(edit::show)).route("/settings", post().to(edit::save));
}
