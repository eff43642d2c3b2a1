//! Hosting plans.

mod add;
mod edit;
mod form;
mod list;
mod show;
mod values;

pub use values::fill;

use crate::crud::delete;
use actix_web::web::ServiceConfig;
use domain::plan::Plan;
use edge::routing::{get, post};

/// The routes of hosting plans.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/plans/{id:[0-9]{1,18}}.json", get().to(values::json))
        .route("/plans", get().to(list::list))
        .route("/plans", post().to(add::create))
        .route("/plans/new", get().to(add::page))
        .route("/plans/{id:[0-9]{1,18}}", get().to(show::page))
        .route("/plans/{id:[0-9]{1,18}}", post().to(edit::save))
        .route("/plans/{id:[0-9]{1,18}}/edit", get().to(edit::page))
        .route("/plans/{id:[0-9]{1,18}}/delete", get().to(delete::page::<Plan>))
        .route("/plans/{id:[0-9]{1,18}}/delete", post().to(delete::delete::<Plan>));
}
