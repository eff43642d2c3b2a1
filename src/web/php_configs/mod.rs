//! PHP configurations; only server admins get in.

mod add;
mod delete;
mod edit;
mod form;
mod list;

use actix_web::web::ServiceConfig;
use edge::routing::{get, post};

/// The routes of PHP configurations.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/php-configs", get().to(list::list))
        .route("/php-configs", post().to(add::create))
        .route("/php-configs/new", get().to(add::page))
        .route("/php-configs/{id:[0-9]{1,18}}", post().to(edit::save))
        .route("/php-configs/{id:[0-9]{1,18}}/edit", get().to(edit::page))
        .route("/php-configs/{id:[0-9]{1,18}}/delete", get().to(delete::page))
        .route("/php-configs/{id:[0-9]{1,18}}/delete", post().to(delete::delete));
}
