//! The JSON entry point: the commands that Froxlor's clients use, over the same services as the
//! panel.
//!
//! [`door`] turns a request into a call and an outcome into an answer; [`commands`] is the table of
//! what can be called, which the command line uses too; [`requests`] says what each command takes,
//! [`rows`] what it gives, [`search`] what lists can be asked; [`failure`] decides the statuses,
//! [`openapi`] describes it all. `POST /api` and `POST /api.php` take `{"command": …, "params":
//! …}`, or only the parameters where the command stands in the address (`/api/Customers.get`,
//! `/api.php?/customers/get`). The address decides the [`dialect`]: `/api` is strict, and for
//! `/api.php` [`compatible`] translates what Froxlor's clients send.

pub mod commands;
mod compatible;
pub mod dialect;
pub mod door;
pub mod failure;
pub mod ignored;
mod limits;
pub mod openapi;
mod read;
pub mod reply;
pub mod requests;
pub mod rows;
mod search;
pub mod spec;

use actix_web::web::{self, ServiceConfig};
use dialect::{COMPATIBLE_PATH, STRICT_PATH};
use edge::routing;

/// The routes of the API. They know no sessions: nothing here is done because of a cookie.
pub fn routes(cfg: &mut ServiceConfig) {
    for path in [STRICT_PATH, COMPATIBLE_PATH] {
        cfg.service(
            web::resource(path)
                .route(routing::post().to(door::call))
                .default_service(web::to(door::method_not_allowed)),
        );
    }
    cfg.service(
        web::scope("/api")
            .service(
                web::resource("/openapi.json")
                    .route(routing::get().to(openapi::serve))
                    .default_service(web::to(door::method_not_allowed)),
            )
            .service(
                web::resource("/{command}")
                    .route(routing::post().to(door::call_named))
                    .default_service(web::to(door::method_not_allowed)),
            )
            .default_service(web::to(door::not_found)),
    );
    cfg.service(web::scope(COMPATIBLE_PATH).default_service(web::to(door::not_found)));
}
