//! The panel. [`routes`] lists its routes; each area has a module.

pub mod account;
pub mod admins;
pub mod api_keys;
pub mod assets;
pub mod audit;
pub mod codes;
mod crud;
pub mod csrf;
pub mod customers;
pub mod dashboard;
pub mod default_index;
mod device;
pub mod error;
pub mod extract;
pub mod flash;
pub mod form;
pub mod form_page;
pub mod frame;
pub mod health;
mod html;
pub mod impersonate;
pub mod input;
pub mod jobs;
pub mod kept_forms;
pub mod mail_templates;
pub mod markdown;
pub mod metrics;
pub mod mysql_servers;
pub mod nav;
pub mod original;
pub mod page;
pub mod php_configs;
pub mod plans;
pub mod query;
pub mod respond;
pub mod session;
pub mod settings;
pub mod sign_in;
pub mod submission;
pub mod table;
pub mod upload;
mod usage_history;
pub mod validation_errors;
pub mod webhooks;

#[cfg(test)]
mod templates;

use actix_web::HttpRequest;
use edge::routing::{Routes, allowed_methods};
use error::WebError;

/// Adds all routes of the panel.
pub fn routes(routes: &mut Routes) {
    account::routes(routes);
    admins::routes(routes);
    api_keys::routes(routes);
    audit::routes(routes);
    customers::routes(routes);
    dashboard::routes(routes);
    default_index::routes(routes);
    health::routes(routes);
    impersonate::routes(routes);
    jobs::routes(routes);
    mail_templates::routes(routes);
    metrics::routes(routes);
    mysql_servers::routes(routes);
    php_configs::routes(routes);
    plans::routes(routes);
    settings::routes(routes);
    sign_in::routes(routes);
    webhooks::routes(routes);
}

/// Responds to an unknown address or method.
///
/// # Errors
/// Always: [`WebError::MethodNotAllowed`] or [`WebError::NotFound`].
#[expect(clippy::unused_async, reason = "handlers are async functions")]
pub async fn not_found(req: HttpRequest) -> Result<String, WebError> {
    Err(allowed_methods(&req)
        .map_or(WebError::NotFound, |methods| WebError::MethodNotAllowed { methods }))
}
