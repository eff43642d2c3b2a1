//! Work in the background: what waits, and why.

use actix_web::web::ServiceConfig;

/// The routes.
pub fn routes(_cfg: &mut ServiceConfig) {}
