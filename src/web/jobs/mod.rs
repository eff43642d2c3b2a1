//! `/jobs`: work in the background: what waits, and why.

mod list;
mod manage;

use actix_web::web::ServiceConfig;
use edge::routing::{get, post};

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/jobs", get().to(list::list))
        .route("/jobs/run-failed", post().to(manage::run_failed))
        .route("/jobs/{id}/run", post().to(manage::run_now))
        .route("/jobs/{id}/discard", post().to(manage::discard));
}
