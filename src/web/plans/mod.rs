//! Hosting plans.

mod values;

pub use values::fill;

use actix_web::web::{self, ServiceConfig};

/// The routes of hosting plans.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/plans/{id}.json", web::get().to(values::json));
}
