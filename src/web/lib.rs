//! The panel. [`routes`] is its table; each noun has a folder.

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
pub mod faults;
pub mod flash;
pub mod form;
pub mod form_page;
pub mod frame;
pub mod health;
pub mod impersonate;
pub mod input;
pub mod jobs;
pub mod kept;
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
pub mod webhooks;

#[cfg(test)]
mod templates;

use actix_web::HttpRequest;
use actix_web::web::ServiceConfig;
use edge::routing;
use error::WebError;

/// Every route of the panel.
pub fn routes(cfg: &mut ServiceConfig) {
    account::routes(cfg);
    admins::routes(cfg);
    api_keys::routes(cfg);
    audit::routes(cfg);
    customers::routes(cfg);
    dashboard::routes(cfg);
    default_index::routes(cfg);
    health::routes(cfg);
    impersonate::routes(cfg);
    jobs::routes(cfg);
    mail_templates::routes(cfg);
    metrics::routes(cfg);
    mysql_servers::routes(cfg);
    php_configs::routes(cfg);
    plans::routes(cfg);
    settings::routes(cfg);
    sign_in::routes(cfg);
    webhooks::routes(cfg);
}

/// What does not exist, or not with this method.
///
/// # Errors
/// Always: [`WebError::MethodNotAllowed`] or [`WebError::NotFound`].
#[expect(clippy::unused_async, reason = "handlers are")]
pub async fn not_found(req: HttpRequest) -> Result<String, WebError> {
    Err(routing::allowed(&req)
        .map_or(WebError::NotFound, |methods| WebError::MethodNotAllowed { methods }))
}
