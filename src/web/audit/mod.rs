//! `/audit`: the audit trail.

pub mod entry;
mod list;
pub mod values;

use actix_web::web::ServiceConfig;
use edge::routing::get;

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/audit", get().to(list::list));
}
