//! `/audit`: the audit trail.

pub mod entry;
mod list;
pub mod values;

use actix_web::web::{ServiceConfig, get};

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/audit", get().to(list::list));
}
