//! The routes of an entry point. [`Routes`] is the only way to add one. It keeps a list of its
//! routes, so that the tests can request all of them.
//!
//! When a request matches the path of a route but not its method, the route records its method. The
//! 405 response can therefore name all methods of the path, wherever its routes are declared.

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
    /// The path with its parameters and their patterns: `/plans/{id:[0-9]{1,18}}`.
    pub path: String,
    /// `GET` or `POST`.
    pub method: Method,
}

/// The routes of an entry point before their registration with a server.
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
    /// Returns the routes that `add` adds.
    pub fn of(add: impl FnOnce(&mut Self)) -> Self {
        let mut routes = Self::default();
        add(&mut routes);
        routes
    }

    /// Adds a route for `GET`, which handles `HEAD` too.
    pub fn get<F, Args>(&mut self, path: &str, handler: F) -> &mut Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.add(Method::GET, path, route(Method::GET).to(handler))
    }

    /// Adds a route for `POST`.
    pub fn post<F, Args>(&mut self, path: &str, handler: F) -> &mut Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.add(Method::POST, path, route(Method::POST).to(handler))
    }

    /// Adds a path on which `handler` handles one method and `otherwise` all others, so that no
    /// later route is tried.
    #[expect(clippy::disallowed_methods, reason = "the route is added to the list")]
    pub fn single_method<F, Args, G, OtherArgs>(
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

    /// Adds the routes below a path. `otherwise` handles requests that match none of them.
    pub fn scope<G, Args>(
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

    /// Returns all routes, in the order in which they were added.
    #[must_use]
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// Registers the routes with a server.
    #[expect(clippy::disallowed_methods, reason = "only these routes are in the list")]
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

/// Returns a route for this method.
fn route(method: Method) -> Route {
    let shown = if method == Method::GET { "GET, HEAD" } else { "POST" };
    web::route().guard(MethodGuard { method, shown })
}

/// Returns the methods of the path for the header `Allow`, if no route matched because the request
/// has another method. Returns `None` if the path does not exist.
#[must_use]
pub fn allowed_methods(req: &HttpRequest) -> Option<String> {
    let recorded = req.extensions();
    Some(recorded.get::<OtherMethods>()?.0.iter().copied().collect::<Vec<_>>().join(", "))
}

/// Methods of the path, except for that of the request.
#[derive(Default)]
struct OtherMethods(BTreeSet<&'static str>);

/// Accepts requests with one method. actix-web calls a guard only if the path matches.
struct MethodGuard {
    method: Method,
    /// The method in the header `Allow`.
    shown: &'static str,
}

impl Guard for MethodGuard {
    fn check(&self, ctx: &GuardContext<'_>) -> bool {
        if ctx.head().method == self.method {
            return true;
        }
        let mut recorded = ctx.req_data_mut();
        if recorded.get::<OtherMethods>().is_none() {
            recorded.insert(OtherMethods::default());
        }
        if let Some(others) = recorded.get_mut::<OtherMethods>() {
            others.0.insert(self.shown);
        }
        false
    }
}
