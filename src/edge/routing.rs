//! Methods of routes. Routes are made by [`get`] and [`post`], which note at each request whose
//! path they match that its method is another one. So the answer 405 can name the methods that the
//! address has, wherever its routes are declared.

use actix_web::guard::{Guard, GuardContext};
use actix_web::http::Method;
use actix_web::{HttpMessage as _, HttpRequest, Route, web};
use std::collections::BTreeSet;

/// A route that answers `GET`; `HEAD` is answered by the same.
#[must_use]
pub fn get() -> Route {
    web::route().guard(Only { method: Method::GET, shown: "GET, HEAD" })
}

/// A route that answers `POST`.
#[must_use]
pub fn post() -> Route {
    web::route().guard(Only { method: Method::POST, shown: "POST" })
}

/// Returns the methods of the address, for the header `Allow`, where the request has another one
/// and so no route matched. It is `None` where there is no such address.
#[must_use]
pub fn allowed(req: &HttpRequest) -> Option<String> {
    let noted = req.extensions();
    Some(noted.get::<Others>()?.0.iter().copied().collect::<Vec<_>>().join(", "))
}

/// Methods that the path has beside the one of the request.
#[derive(Default)]
struct Others(BTreeSet<&'static str>);

/// Lets requests with one method pass. Guards are asked only where the path matches.
struct Only {
    method: Method,
    /// As the header `Allow` has it.
    shown: &'static str,
}

impl Guard for Only {
    fn check(&self, ctx: &GuardContext<'_>) -> bool {
        if ctx.head().method == self.method {
            return true;
        }
        let mut noted = ctx.req_data_mut();
        if noted.get::<Others>().is_none() {
            noted.insert(Others::default());
        }
        if let Some(others) = noted.get_mut::<Others>() {
            others.0.insert(self.shown);
        }
        false
    }
}
