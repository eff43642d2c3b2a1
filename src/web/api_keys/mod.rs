//! Keys of the API: one's own at `/account/api-keys`; those of a customer or admin, to look at and
//! revoke, beside his page.

mod edit;
mod list;
mod make;
mod of_others;
mod revoke;

use actix_web::web::ServiceConfig;
use edge::routing::{get, post};

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/account/api-keys", get().to(list::page))
        .route("/account/api-keys", post().to(make::create))
        .route("/account/api-keys/new", get().to(make::page))
        .route("/account/api-keys/{id:[0-9]{1,18}}", post().to(edit::save))
        .route("/account/api-keys/{id:[0-9]{1,18}}/edit", get().to(edit::page))
        .route("/account/api-keys/{id:[0-9]{1,18}}/revoke", get().to(revoke::page))
        .route("/account/api-keys/{id:[0-9]{1,18}}/revoke", post().to(revoke::revoke))
        .route("/customers/{loginname}/api-keys", get().to(of_others::customer))
        .route(
            "/customers/{loginname}/api-keys/{id:[0-9]{1,18}}/revoke",
            get().to(of_others::confirm_of_customer),
        )
        .route(
            "/customers/{loginname}/api-keys/{id:[0-9]{1,18}}/revoke",
            post().to(of_others::revoke_of_customer),
        )
        .route("/admins/{loginname}/api-keys", get().to(of_others::admin))
        .route(
            "/admins/{loginname}/api-keys/{id:[0-9]{1,18}}/revoke",
            get().to(of_others::confirm_of_admin),
        )
        .route(
            "/admins/{loginname}/api-keys/{id:[0-9]{1,18}}/revoke",
            post().to(of_others::revoke_of_admin),
        );
}
