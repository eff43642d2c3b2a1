//! Signing in and out, and lost passwords: the pages for whoever is not signed in.

mod common;
mod forgot;
mod login;
mod names;
mod reset;

use actix_web::web::ServiceConfig;
use edge::routing::{get, post};

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/login", get().to(login::show))
        .route("/login", post().to(login::submit))
        .route("/logout", post().to(login::sign_out))
        .route("/password/forgot", get().to(forgot::show))
        .route("/password/forgot", post().to(forgot::submit))
        .route("/password/loginname", get().to(names::show))
        .route("/password/loginname", post().to(names::submit))
        .route("/password/reset/{token}", get().to(reset::show))
        .route("/password/reset/{token}", post().to(reset::submit));
}
