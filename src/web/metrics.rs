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
struct JobLabels {
    kind: String,
    state: &'static str,
}

pub fn routes(routes: &mut Routes) {
    routes.get("/metrics", show);
}

/// Returns all metrics. If the database does not respond, only the metrics of jobs are missing.
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
    register_database_metrics(&app, &mut registry);
    register_process_metrics(&mut registry);
    let counted = register_job_metrics(&app, &mut registry).await;
    if let Err(error) = &counted {
        tracing::warn!(%error, "the jobs could not be counted");
    }
    register_gauge(
        &mut registry,
        "clientele_database_up",
        "Whether the database responds",
        f64::from(u8::from(counted.is_ok())),
    );
    let mut text = String::new();
    encode(&mut text, &registry).map_err(|error| WebError::Internal(error.into()))?;
    let mut response = HttpResponse::Ok();
    response.insert_header((
        header::CONTENT_TYPE,
        "application/openmetrics-text; version=1.0.0; charset=utf-8",
    ));
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    Ok(response.body(text))
}

/// Returns whether the client is the machine itself. A request through a proxy is local only if a
/// trusted proxy reports a local client.
fn is_local(req: &HttpRequest, app: &App) -> bool {
    let proxied = address::is_forwarded(req);
    let peer = req.peer_addr().map(|peer| peer.ip());
    let client = address::client(req, app);
    client.is_some_and(|client| client.is_loopback()) && (!proxied || client != peer)
}

fn has_token(req: &HttpRequest, token: &Token) -> bool {
    let Some(token) = &token.0 else { return false };
    let presented = req
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    presented.is_some_and(|presented| presented.ct_eq(token.expose().as_bytes()).into())
}

fn register_counter(registry: &mut Registry, name: &str, help: &str, value: f64) {
    let counter = Counter::<f64, AtomicU64>::default();
    counter.inc_by(value);
    registry.register(name, help, counter);
}

fn register_gauge(registry: &mut Registry, name: &str, help: &str, value: f64) {
    let gauge = Float::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

#[expect(clippy::cast_precision_loss, reason = "values above 2^53 may be rounded")]
fn register_database_metrics(app: &App, registry: &mut Registry) {
    let load = services::health::database_load(app);
    register_counter(
        registry,
        "clientele_database_statements",
        "Statements run since the start",
        load.statements as f64,
    );
    register_counter(
        registry,
        "clientele_database_statements_failed",
        "Statements that failed since the start",
        load.failed as f64,
    );
    register_counter(
        registry,
        "clientele_database_seconds",
        "Total duration of statements since the start",
        load.time.as_secs_f64(),
    );
    register_gauge(
        registry,
        "clientele_database_connections",
        "Open connections",
        f64::from(load.connections),
    );
    register_gauge(
        registry,
        "clientele_database_connections_idle",
        "Idle connections",
        f64::from(load.idle),
    );
}

async fn register_job_metrics(app: &App, registry: &mut Registry) -> anyhow::Result<()> {
    let snapshot = app.open_view().await?;
    let now = app.env.clock.now();
    let (counts, oldest) =
        (Family::<JobLabels, Float>::default(), Family::<JobLabels, Float>::default());
    for depth in jobs::queue_depths(snapshot.view()).await? {
        let labels = JobLabels { kind: depth.kind, state: depth.state.code() };
        #[expect(clippy::cast_precision_loss, reason = "values above 2^53 may be rounded")]
        counts.get_or_create(&labels).set(depth.count as f64);
        oldest.get_or_create(&labels).set(now.duration_since(depth.oldest).as_secs_f64().max(0.0));
    }
    registry.register("clientele_jobs", "Unfinished jobs by kind and state", counts);
    registry.register(
        "clientele_jobs_oldest_seconds",
        "Age of the oldest unfinished job by kind and state",
        oldest,
    );
    Ok(())
}

/// Adds the metrics of this process from `/proc`.
fn register_process_metrics(registry: &mut Registry) {
    let Ok(me) = procfs::process::Process::myself() else { return };
    let Ok(stat) = me.stat() else { return };
    let ticks = procfs::ticks_per_second();
    #[expect(clippy::cast_precision_loss, reason = "values above 2^53 may be rounded")]
    let gauges = [
        ("process_resident_memory_bytes", "Memory in use", (stat.rss * procfs::page_size()) as f64),
        ("process_open_fds", "Open files", me.fd_count().unwrap_or(0) as f64),
        ("process_threads", "Threads", stat.num_threads as f64),
        ("process_start_time_seconds", "Start time in seconds since the epoch", start_time(&stat)),
    ];
    #[expect(clippy::cast_precision_loss, reason = "values above 2^53 may be rounded")]
    register_counter(
        registry,
        "process_cpu_seconds",
        "Processor time used",
        (stat.utime + stat.stime) as f64 / ticks as f64,
    );
    for (name, help, value) in gauges {
        register_gauge(registry, name, help, value);
    }
}

#[expect(clippy::cast_precision_loss, reason = "an f64 holds seconds since the epoch exactly")]
fn start_time(stat: &procfs::process::Stat) -> f64 {
    let boot = procfs::boot_time_secs().unwrap_or(0);
    boot as f64 + stat.starttime as f64 / procfs::ticks_per_second() as f64
}
