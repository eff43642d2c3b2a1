//! `/account`: what everybody may change of himself.

mod password;
mod show;
mod tastes;

use crate::routing::{get, post};
use actix_web::web::ServiceConfig;

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/account", get().to(show::show))
        .route("/account/language", post().to(tastes::language))
        .route("/account/theme", post().to(tastes::theme))
        .route("/account/password", post().to(password::change));
}
