//! The first page of each role.

use actix_web::web::ServiceConfig;

/// The routes.
pub fn routes(_cfg: &mut ServiceConfig) {}
