//! `GET /metrics` for Prometheus. Requests need a loopback client address or the token.

use crate::error::WebError;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::secret::Secret;
use edge::address;
use edge::routing::Routes;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use services::app::App;
use services::jobs;
use std::sync::atomic::AtomicU64;
use subtle::ConstantTimeEq as _;

/// The bearer token for remote requests; `None` allows local requests only.
#[derive(Clone, Debug, Default)]
pub struct Token(pub Option<Secret>);

type Float = Gauge<f64, AtomicU64>;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Queue {
    kind: String,
    state: &'static str,
}

pub fn routes(routes: &mut Routes) {
    routes.get("/metrics", show);
}

/// Returns all metrics. If the database does not respond, only the metrics that it would provide
/// are missing.
async fn show(
    app: Data<App>,
    token: Data<Token>,
    req: HttpRequest,
) -> Result<HttpResponse, WebError> {
    if !(is_local(&req, &app) || has_token(&req, &token)) {
        return Err(WebError::NotFound);
    }
    let mut registry = Registry::default();
    registry.register(
        "clientele_build",
        "Version of the program",
        Info::new([("version", env!("CARGO_PKG_VERSION"))]),
    );
    app.metrics.register(&mut registry);
    database(&app, &mut registry);
    process(&mut registry);
    let queues = queues(&app, &mut registry).await;
    if let Err(error) = &queues {
        tracing::warn!(%error, "the jobs could not be counted");
    }
    gauge(
        &mut registry,
        "clientele_database_up",
        "Whether the database responds",
        f64::from(u8::from(queues.is_ok())),
    );
    let mut text = String::new();
    encode(&mut text, &registry).map_err(|error| WebError::Internal(error.into()))?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((
        header::CONTENT_TYPE,
        "application/openmetrics-text; version=1.0.0; charset=utf-8",
    ));
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    Ok(answer.body(text))
}

/// Returns whether the client is the machine itself. A request through a proxy is local only if a
/// trusted proxy says so.
fn is_local(req: &HttpRequest, app: &App) -> bool {
    let proxied = address::is_forwarded(req);
    let peer = req.peer_addr().map(|peer| peer.ip());
    let client = address::client(req, app);
    client.is_some_and(|client| client.is_loopback()) && (!proxied || client != peer)
}

fn has_token(req: &HttpRequest, token: &Token) -> bool {
    let Some(token) = &token.0 else { return false };
    let shown = req
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    shown.is_some_and(|shown| shown.ct_eq(token.expose().as_bytes()).into())
}

fn counter(registry: &mut Registry, name: &str, help: &str, value: f64) {
    let counter = Counter::<f64, AtomicU64>::default();
    counter.inc_by(value);
    registry.register(name, help, counter);
}

fn gauge(registry: &mut Registry, name: &str, help: &str, value: f64) {
    let gauge = Float::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

#[expect(clippy::cast_precision_loss, reason = "a metric of 2^53 may be off by one")]
fn database(app: &App, registry: &mut Registry) {
    let load = services::health::database_load(app);
    counter(
        registry,
        "clientele_database_statements",
        "Statements run since the start",
        load.statements as f64,
    );
    counter(
        registry,
        "clientele_database_statements_failed",
        "Statements that failed since the start",
        load.failed as f64,
    );
    counter(
        registry,
        "clientele_database_seconds",
        "Total duration of statements since the start",
        load.time.as_secs_f64(),
    );
    gauge(
        registry,
        "clientele_database_connections",
        "Open connections",
        f64::from(load.connections),
    );
    gauge(
        registry,
        "clientele_database_connections_idle",
        "Idle connections",
        f64::from(load.idle),
    );
}

async fn queues(app: &App, registry: &mut Registry) -> anyhow::Result<()> {
    let snapshot = app.open_view().await?;
    let now = app.env.clock.now();
    let (queues, oldest) = (Family::<Queue, Float>::default(), Family::<Queue, Float>::default());
    for depth in jobs::queue_depths(snapshot.view()).await? {
        let queue = Queue { kind: depth.kind, state: depth.state.code() };
        #[expect(clippy::cast_precision_loss, reason = "a metric of 2^53 may be off by one")]
        queues.get_or_create(&queue).set(depth.count as f64);
        oldest.get_or_create(&queue).set(now.duration_since(depth.oldest).as_secs_f64().max(0.0));
    }
    registry.register("clientele_jobs", "Unfinished jobs by kind and state", queues);
    registry.register(
        "clientele_jobs_oldest_seconds",
        "Age of the oldest unfinished job by kind and state",
        oldest,
    );
    Ok(())
}

/// Adds the metrics of this process from `/proc`.
fn process(registry: &mut Registry) {
    let Ok(me) = procfs::process::Process::myself() else { return };
    let Ok(stat) = me.stat() else { return };
    let ticks = procfs::ticks_per_second();
    #[expect(clippy::cast_precision_loss, reason = "a metric of 2^53 may be off by one")]
    let gauges = [
        ("process_resident_memory_bytes", "Memory in use", (stat.rss * procfs::page_size()) as f64),
        ("process_open_fds", "Open files", me.fd_count().unwrap_or(0) as f64),
        ("process_threads", "Threads", stat.num_threads as f64),
        ("process_start_time_seconds", "Start time in seconds since the epoch", started(&stat)),
    ];
    #[expect(clippy::cast_precision_loss, reason = "a metric of 2^53 may be off by one")]
    counter(
        registry,
        "process_cpu_seconds",
        "Processor time used",
        (stat.utime + stat.stime) as f64 / ticks as f64,
    );
    for (name, help, value) in gauges {
        gauge(registry, name, help, value);
    }
}

#[expect(clippy::cast_precision_loss, reason = "seconds since the epoch fit")]
fn started(stat: &procfs::process::Stat) -> f64 {
    let boot = procfs::boot_time_secs().unwrap_or(0);
    boot as f64 + stat.starttime as f64 / procfs::ticks_per_second() as f64
}
