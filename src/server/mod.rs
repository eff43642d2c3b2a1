//! The HTTP server of panel and API, on a listener that is already bound (port 0 in tests).

mod api_docs;
mod body;
mod compress;
mod connections;
mod handover;
mod head;
mod open_files;
pub mod run;

pub use body::Pace;

use actix_session::SessionMiddleware;
use actix_session::config::{CookieContentSecurity, PersistentSession};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::cookie::{Key, SameSite, time};
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::{self, Next, NormalizePath, TrailingSlash};
use actix_web::web::{Data, PayloadConfig, scope};
use actix_web::{App as ActixApp, HttpMessage as _, HttpServer};
use config::CONNECTIONS_PER_ADDRESS;
use connections::Connections;
use edge::routing::{Endpoint, Routes};
use services::app::App;
use services::security_log;
use std::net::TcpListener;
use std::time::{Duration, Instant};
use tracing_actix_web::RequestId;
use web::csrf::cookie::{self, Cookies};
use web::metrics::Token;
use web::session::Store;

/// Options of the server.
#[derive(Clone)]
pub struct Options {
    /// Key that signs cookies.
    pub cookie_key: Key,
    /// Whether people reach the panel over https: cookies are then Secure, and responses have HSTS.
    pub https: bool,
    /// Number of threads that handle requests.
    pub workers: usize,
    /// Token that allows `/metrics` for clients outside of the machine.
    pub metrics_token: Token,
    pub limits: Limits,
}

/// Limits for clients.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time in which the head of a connection's first request must arrive.
    pub head: Duration,
    /// Time for which a connection can stay open without a request.
    pub idle: Duration,
    pub pace: Pace,
    /// Maximum number of open connections of an address; 0 means no limit. Trusted proxies have no
    /// limit.
    pub connections_per_address: usize,
    /// Maximum number of open connections of all addresses. Further ones wait until they are
    /// accepted.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            pace: Pace::default(),
            connections_per_address: CONNECTIONS_PER_ADDRESS,
            connections: 25_000,
        }
    }
}

/// Browsers refuse inline code and foreign sources, so markup that was not escaped cannot run.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'";

/// Builds a server that handles requests on `listener` until it is stopped. Stopping waits for
/// requests in flight.
///
/// # Errors
/// If the listener cannot be used.
pub fn build(app: App, listener: TcpListener, options: Options) -> std::io::Result<Server> {
    let (workers, limits) = (options.workers, options.limits);
    let connections = Connections::new(limits.connections_per_address, app.trusted_proxies.clone());
    actix_web::rt::spawn(connections.clone().sweep(limits.idle));
    let server = HttpServer::new(move || {
        let cookies = Cookies::new(options.cookie_key.clone(), options.https);
        // Assets and the API read no sessions; only the panel's scope does.
        let panel = scope("")
            .wrap(middleware::from_fn(web::kept_forms::keep_and_refill))
            .wrap(middleware::from_fn(web::frame::errors_as_pages))
            .wrap(middleware::from_fn(cookie::set))
            .wrap(sessions(app.clone(), &options, &cookies))
            .configure(|config| Routes::of(web::routes).register(config))
            .default_service(actix_web::web::to(web::not_found));
        // The middleware that is wrapped last sees a request first.
        ActixApp::new()
            .app_data(Data::new(app.clone()))
            .app_data(Data::new(options.metrics_token.clone()))
            .app_data(Data::new(cookies))
            .app_data(PayloadConfig::new(web::csrf::MAX_BODY))
            .wrap(NormalizePath::new(TrailingSlash::Trim))
            .wrap(middleware::from_fn(body::refuse_compressed))
            .wrap(security_headers(options.https))
            .wrap(middleware::from_fn(compress::compress))
            .wrap(middleware::from_fn(head::head_as_get))
            .wrap(middleware::from_fn(move |req: ServiceRequest, next: Next<BoxBody>| {
                body::limit_body(req, next, limits.pace)
            }))
            .wrap(middleware::from_fn(observe))
            .wrap(tracing_actix_web::TracingLogger::<Spans>::new())
            .configure(|config| Routes::of(without_session).register(config))
            .service(panel)
    });
    let server = server
        .on_connect(move |io, data| connections.opened(io, data))
        .tcp_nodelay(true)
        .client_request_timeout(limits.head)
        .max_connections((limits.connections / workers.max(1)).max(1))
        .workers(workers)
        .shutdown_timeout(20)
        .disable_signals();
    Ok(server.listen(listener)?.run())
}

/// Registers the routes outside of the panel, which read no session.
fn without_session(routes: &mut Routes) {
    web::assets::routes(routes);
    api_docs::routes(routes);
    api::routes(routes);
}

/// Returns every route of the server: those of the panel, and those that read no session.
#[must_use]
pub fn endpoints() -> [Vec<Endpoint>; 2] {
    [Routes::of(web::routes), Routes::of(without_session)].map(|routes| routes.endpoints().to_vec())
}

fn sessions(app: App, options: &Options, cookies: &Cookies) -> SessionMiddleware<Store> {
    SessionMiddleware::builder(Store(app), options.cookie_key.clone())
        .cookie_name(cookies.session_name())
        .cookie_secure(options.https)
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_content_security(CookieContentSecurity::Signed)
        // The idle and absolute lifetimes are settings, and are checked at every request. This is
        // only the lifetime of the cookie.
        .session_lifecycle(PersistentSession::default().session_ttl(time::Duration::days(30)))
        .build()
}

fn security_headers(https: bool) -> middleware::DefaultHeaders {
    let headers = middleware::DefaultHeaders::new()
        .add((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::X_FRAME_OPTIONS, "DENY"))
        .add((header::REFERRER_POLICY, "same-origin"))
        .add((HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .add((HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        .add((
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=()",
        ));
    if https {
        headers
            .add((header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000")))
    } else {
        headers
    }
}

/// Counts the response and adds the request id of the log, so that people can name the request in a
/// report.
async fn observe(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let start = Instant::now();
    let method = req.method().clone();
    let _in_flight = req.app_data::<Data<App>>().map(|app| app.metrics.begin_request());
    let agent = req.headers().get(header::USER_AGENT).cloned();
    let agent = agent.as_ref().map_or(&b""[..], HeaderValue::as_bytes);
    let mut response = security_log::with_agent(agent, next.call(req))
        .await
        .inspect_err(|error| tracing::error!(%error, "a request failed without a response"))?;
    let req = response.request();
    let route = req.match_pattern().unwrap_or_else(|| "-".to_owned());
    let id = req.extensions().get::<RequestId>().map(ToString::to_string);
    if let Some(app) = req.app_data::<Data<App>>() {
        let (status, elapsed) = (response.status().as_u16(), start.elapsed());
        app.metrics.record_response(method.as_str(), &route, status, elapsed);
        tracing::debug!(status, milliseconds = elapsed.as_secs_f64() * 1000.0, "responded");
    }
    if let Some(id) = id.and_then(|id| HeaderValue::from_str(&id).ok()) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
    }
    Ok(response)
}

/// Creates one span for each request. It has the route instead of the URL: queries contain search
/// words, and paths can contain the token of a password reset link.
struct Spans;

impl tracing_actix_web::RootSpanBuilder for Spans {
    fn on_request_start(request: &ServiceRequest) -> tracing::Span {
        let route = request.match_pattern().unwrap_or_else(|| "-".to_owned());
        let id = request.extensions().get::<RequestId>().map(ToString::to_string);
        tracing::info_span!("request", method = %request.method(), route, status = tracing::field::Empty, request_id = id)
    }

    fn on_request_end<B: MessageBody>(
        span: tracing::Span,
        outcome: &Result<ServiceResponse<B>, actix_web::Error>,
    ) {
        if let Ok(response) = outcome {
            span.record("status", response.status().as_u16());
        }
    }
}
