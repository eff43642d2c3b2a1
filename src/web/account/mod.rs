//! What everybody may change of himself.

use actix_web::web::ServiceConfig;

/// The routes.
pub fn routes(_cfg: &mut ServiceConfig) {}
