//! `/account`: what everybody may change of himself.

mod password;
mod show;
mod tastes;

use actix_web::web::ServiceConfig;
use edge::routing::{get, post};

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/account", get().to(show::show))
        .route("/account/language", post().to(tastes::language))
        .route("/account/theme", post().to(tastes::theme))
        .route("/account/password", post().to(password::change));
}
