//! `/settings`: the provider's settings.

mod edit;
mod form;

use crate::routing::{get, post};
use actix_web::web::ServiceConfig;

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/settings", get().to(edit::show)).route("/settings", post().to(edit::save));
}
