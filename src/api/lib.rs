//! The JSON API: the commands that Froxlor's clients use, over the same services as the panel.
//!
//! - [`entry`] handles requests and responses.
//! - [`commands`] is the table of commands, which the command line uses, too.
//! - [`requests`] declares parameters, [`rows`] declares results, and [`search`] reads the search,
//!   order and page of lists.
//! - [`failure`] converts errors of services to responses, and [`openapi`] describes the API.
//!
//! `POST /api` and `POST /api.php` take `{"command": …, "params": …}`. If the URL names the
//! command, such as `/api/Customers.get` or `/api.php?/customers/get`, the body has the parameters
//! only. The path decides the [`dialect`]: `/api` is strict; for `/api.php`, [`compatible`]
//! translates the parameters of Froxlor's clients.

pub mod commands;
mod compatible;
pub mod dialect;
pub mod entry;
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

/// Returns whether the API responds at this path.
#[must_use]
pub fn is_api_path(path: &str) -> bool {
    [STRICT_PATH, COMPATIBLE_PATH].into_iter().any(|root| {
        path.strip_prefix(root).is_some_and(|below| below.is_empty() || below.starts_with('/'))
    })
}

/// Registers the routes of the API. They read no session, so a cookie authorizes nothing.
pub fn routes(routes: &mut Routes) {
    for path in [STRICT_PATH, COMPATIBLE_PATH] {
        routes.single_method(Method::POST, path, entry::call, entry::method_not_allowed);
    }
    let below_strict = |routes: &mut Routes| {
        routes
            .single_method(Method::GET, "/openapi.json", openapi::serve, entry::method_not_allowed)
            .single_method(
                Method::POST,
                "/{command}",
                entry::call_named,
                entry::method_not_allowed,
            );
    };
    routes.scope(STRICT_PATH, below_strict, entry::not_found).scope(
        COMPATIBLE_PATH,
        |_| {},
        entry::not_found,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_the_api_are_recognized() {
        for path in ["/api", "/api/", "/api/Customers.get", "/api.php", "/api.php/x"] {
            assert!(is_api_path(path), "{path}");
        }
        for path in ["/", "/apis", "/api.phpx", "/account/api-keys", "/x/api"] {
            assert!(!is_api_path(path), "{path}");
        }
    }
}
