//! MySQL servers; only server admins get in.

mod add;
mod delete;
mod edit;
mod form;
mod list;
mod probe;

use actix_web::web::ServiceConfig;
use edge::routing::{get, post};

/// The routes of `MySQL` servers.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/mysql-servers", get().to(list::list))
        .route("/mysql-servers", post().to(add::create))
        .route("/mysql-servers/new", get().to(add::page))
        .route("/mysql-servers/{id:[0-9]{1,18}}", post().to(edit::save))
        .route("/mysql-servers/{id:[0-9]{1,18}}/test", post().to(probe::probe))
        .route("/mysql-servers/{id:[0-9]{1,18}}/edit", get().to(edit::page))
        .route("/mysql-servers/{id:[0-9]{1,18}}/delete", get().to(delete::page))
        .route("/mysql-servers/{id:[0-9]{1,18}}/delete", post().to(delete::delete));
}
