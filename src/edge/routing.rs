//! The routes of an entry point. [`Routes`] is the only way to add one: it keeps a list of what it
//! registers, so that the tests can go through every route there is.
//!
//! A route notes at each request whose path it matches that its method is another one. So the
//! answer 405 can name the methods that the address has, wherever its routes are declared.

use actix_web::guard::{Guard, GuardContext};
use actix_web::http::Method;
use actix_web::web::{self, ServiceConfig};
use actix_web::{
    FromRequest, Handler, HttpMessage as _, HttpRequest, Resource, Responder, Route, Scope,
};
use std::collections::BTreeSet;

/// The method and the path of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// With its parameters, and the patterns that these must match: `/plans/{id:[0-9]{1,18}}`.
    pub path: String,
    /// `GET` or `POST`.
    pub method: Method,
}

/// The routes of an entry point, before a server has them.
#[derive(Default)]
pub struct Routes {
    services: Vec<Service>,
    endpoints: Vec<Endpoint>,
}

enum Service {
    Route(String, Route),
    Resource(Resource),
    Scope(Scope),
}

impl Routes {
    /// Returns the routes that a function adds.
    pub fn of(add: impl FnOnce(&mut Self)) -> Self {
        let mut routes = Self::default();
        add(&mut routes);
        routes
    }

    /// Adds a route that answers `GET`; `HEAD` is answered by the same.
    pub fn get<F, Args>(&mut self, path: &str, handler: F) -> &mut Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.add(Method::GET, path, route(Method::GET).to(handler))
    }

    /// Adds a route that answers `POST`.
    pub fn post<F, Args>(&mut self, path: &str, handler: F) -> &mut Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.add(Method::POST, path, route(Method::POST).to(handler))
    }

    /// Adds a path where `handler` answers one method and `otherwise` all others, so that no later
    /// route is asked.
    pub fn only<F, Args, G, OtherArgs>(
        &mut self,
        method: Method,
        path: &str,
        handler: F,
        otherwise: G,
    ) -> &mut Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
        G: Handler<OtherArgs>,
        OtherArgs: FromRequest + 'static,
        G::Output: Responder + 'static,
    {
        let resource = web::resource(path)
            .route(route(method.clone()).to(handler))
            .default_service(web::to(otherwise));
        self.services.push(Service::Resource(resource));
        self.endpoints.push(Endpoint { path: path.to_owned(), method });
        self
    }

    /// Adds the routes below a path; `otherwise` answers where none of them matches.
    pub fn below<G, Args>(
        &mut self,
        path: &str,
        add: impl FnOnce(&mut Self),
        otherwise: G,
    ) -> &mut Self
    where
        G: Handler<Args>,
        Args: FromRequest + 'static,
        G::Output: Responder + 'static,
    {
        let inner = Self::of(add);
        self.endpoints.extend(inner.endpoints.iter().map(|endpoint| Endpoint {
            path: format!("{path}{}", endpoint.path),
            method: endpoint.method.clone(),
        }));
        let scope = web::scope(path)
            .configure(|config| inner.register(config))
            .default_service(web::to(otherwise));
        self.services.push(Service::Scope(scope));
        self
    }

    fn add(&mut self, method: Method, path: &str, route: Route) -> &mut Self {
        self.services.push(Service::Route(path.to_owned(), route));
        self.endpoints.push(Endpoint { path: path.to_owned(), method });
        self
    }

    /// Returns every route, in the order in which they were added.
    #[must_use]
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// Gives the routes to a server.
    #[expect(clippy::disallowed_methods, reason = "every other route is in no list")]
    pub fn register(self, config: &mut ServiceConfig) {
        for service in self.services {
            match service {
                Service::Route(path, route) => config.route(&path, route),
                Service::Resource(resource) => config.service(resource),
                Service::Scope(scope) => config.service(scope),
            };
        }
    }
}

/// A route that answers this method.
fn route(method: Method) -> Route {
    let shown = if method == Method::GET { "GET, HEAD" } else { "POST" };
    web::route().guard(Only { method, shown })
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
