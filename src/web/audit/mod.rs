//! `/audit`: the audit trail.

pub mod entry;
mod list;
pub mod values;

use crate::routing::get;
use actix_web::web::ServiceConfig;

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/audit", get().to(list::list));
}
