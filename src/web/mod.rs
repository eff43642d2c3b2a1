//! The HTML door. [`routes`] is its table; each noun has a folder.

pub mod assets;
pub mod csrf;
pub mod error;
pub mod extract;
pub mod faults;
pub mod flash;
pub mod form;
pub mod format;
pub mod frame;
pub mod impersonate;
pub mod mail_templates;
pub mod nav;
pub mod page;
pub mod plans;
pub mod respond;
pub mod session;
pub mod sign_in;
pub mod table;

#[cfg(test)]
mod templates;

use actix_web::web::ServiceConfig;
use error::WebError;

/// Every route of the panel.
pub fn routes(cfg: &mut ServiceConfig) {
    impersonate::routes(cfg);
    mail_templates::routes(cfg);
    sign_in::routes(cfg);
    plans::routes(cfg);
}

/// What does not exist.
///
/// # Errors
/// Always [`WebError::NotFound`].
pub async fn not_found() -> Result<String, WebError> {
    Err(WebError::NotFound)
}
