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

use actix_web::http::Method;
use dialect::{COMPATIBLE_PATH, STRICT_PATH};
use edge::routing::Routes;

/// The routes of the API. They know no sessions: nothing here is done because of a cookie.
pub fn routes(routes: &mut Routes) {
    for path in [STRICT_PATH, COMPATIBLE_PATH] {
        routes.only(Method::POST, path, door::call, door::method_not_allowed);
    }
    let below_strict =
        |routes: &mut Routes| {
            routes
                .only(Method::GET, "/openapi.json", openapi::serve, door::method_not_allowed)
                .only(Method::POST, "/{command}", door::call_named, door::method_not_allowed);
        };
    routes.below(STRICT_PATH, below_strict, door::not_found).below(
        COMPATIBLE_PATH,
        |_| {},
        door::not_found,
    );
}
