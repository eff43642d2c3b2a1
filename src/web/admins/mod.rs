//! Admins and resellers; only server admins get in.

mod add;
mod delete;
mod edit;
mod form;
mod list;
mod show;

use crate::crud;
use actix_web::web::ServiceConfig;
use domain::admin::Admin;
use edge::routing::{get, post};

/// The routes of admins.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/admins", get().to(list::list))
        .route("/admins", post().to(add::create))
        .route("/admins/new", get().to(add::page))
        .route("/admins/{loginname}", get().to(show::page))
        .route("/admins/{loginname}", post().to(edit::save))
        .route("/admins/{loginname}/edit", get().to(edit::page))
        .route("/admins/{loginname}/delete", get().to(crud::delete::page::<Admin>))
        .route("/admins/{loginname}/delete", post().to(crud::delete::delete::<Admin>))
        .route("/admins/{loginname}/unlock", post().to(show::unlock));
}
