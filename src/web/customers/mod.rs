//! Customers: list, export, import, add, show, edit, move, suspend, unlock, delete.

mod add;
mod conflict;
mod csv;
mod delete;
mod edit;
mod form;
mod import;
mod list;
mod moving;
mod named;
mod offers;
mod query;
mod separator;
mod show;
mod suspending;

use actix_web::web::ServiceConfig;
use edge::routing::{get, post};

/// The routes of customers.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/customers", get().to(list::page))
        .route("/customers", post().to(add::create))
        .route("/customers.csv", get().to(csv::export))
        .route("/customers/new", get().to(add::page))
        .route("/customers/import", get().to(import::form))
        .route("/customers/import", post().to(import::preview))
        .route("/customers/import/confirm", post().to(import::confirm::confirm))
        .route("/customers/import/example.csv", get().to(import::example))
        .route("/customers/import/{id}", get().to(import::run::page))
        .route("/customers/import/{id}/confirm", post().to(import::run::confirm))
        .route("/customers/import/{id}/encoding", post().to(import::run::reread))
        .route("/customers/{loginname}", get().to(show::page))
        .route("/customers/{loginname}", post().to(edit::update))
        .route("/customers/{loginname}/edit", get().to(edit::page))
        .route("/customers/{loginname}/move", get().to(moving::page))
        .route("/customers/{loginname}/move", post().to(moving::move_to))
        .route("/customers/{loginname}/delete", get().to(delete::page))
        .route("/customers/{loginname}/delete", post().to(delete::delete))
        .route("/customers/{loginname}/unlock", post().to(show::unlock))
        .route("/customers/{loginname}/suspend", get().to(suspending::page))
        .route("/customers/{loginname}/suspend", post().to(suspending::suspend))
        .route("/customers/{loginname}/resume", post().to(suspending::resume));
}
