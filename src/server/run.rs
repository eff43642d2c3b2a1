//! `clientele serve` and `clientele worker`: run until the process is told to stop, and stop
//! cleanly.

use super::handover::{self, Successor};
use super::open_files;
use super::{Limits, Options, build};
use actix_web::cookie::Key;
use cli::admin;
use cli::setup::{Setup, setup};
use config::Settings;
use mail::Mailer;
use services::app::App;
use std::io::Write as _;
use std::net::TcpListener;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use web::metrics::Token;
use worker::Worker;

/// Time that the accepting thread needs to notice that it is paused.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);
/// Time that an accepted connection needs to reach the thread that handles it.
const SETTLE: Duration = Duration::from_millis(250);
/// Time that requests in flight have to finish when the program stops.
const GRACE: Duration = Duration::from_secs(20);

/// Listens, migrates the schema, creates the first admin, handles requests, and runs jobs if
/// `with_worker` is true. Returns when the process is told to stop.
///
/// # Errors
/// If the installation or the address cannot be used.
pub async fn serve(settings: Settings, with_worker: bool) -> anyhow::Result<()> {
    tracing::info!(settings = settings.origin(), "starting");
    open_files::raise();
    let (listener, is_own) = handover::take_listener(&settings.listen.to_string())?;
    let bound = listener.local_addr()?;
    let public_url = settings.public_url(bound);
    let Setup { app, key } = setup(&settings, public_url.to_string()).await?;
    admin::create_first_admin(&app).await?;
    let worker = with_worker.then(|| build_worker(&settings, &app)).transpose()?;
    let worker_task = worker.map(|worker| {
        let stopping = app.stopping.clone();
        actix_web::rt::spawn(async move { worker.run(stopping).await })
    });
    let options = Options {
        cookie_key: Key::from(key.derive::<64>("clientele cookies 1").as_slice()),
        https: public_url.is_https(),
        workers: std::thread::available_parallelism().map_or(2, usize::from),
        metrics_token: Token(settings.metrics_token.clone()),
        limits: Limits {
            connections_per_address: settings.connections_per_address,
            connections: open_files::max_connections(),
            ..Limits::default()
        },
    };
    let server = build(app.clone(), listener.try_clone()?, options)?;
    // The log contains the address, too, so a standard output that cannot be written is no error.
    writeln!(std::io::stdout(), "Clientele listens on http://{bound}").ok();
    tracing::info!(address = %bound, public_url = %public_url, "listening");
    let handle = server.handle();
    let running = actix_web::rt::spawn(server);
    handover::notify_ready();
    let is_replaced = wait_for_stop(Some(&listener)).await?;
    tracing::info!("stopping: waiting for requests in flight");
    handover::notify_stopping();
    app.stopping.cancel();
    handle.pause().await;
    if is_own && !is_replaced {
        // No thread accepts connections from the queue any more, so new clients should fail at once
        // and try elsewhere. A socket that a new process or systemd shares must stay open. The
        // accepting thread must pause first, or it would log an error about its socket.
        tokio::time::sleep(ACCEPT_PAUSE).await;
        rustix::net::shutdown(&listener, rustix::net::Shutdown::Both).ok();
    }
    drop(listener);
    drain(&app).await;
    handle.stop(true).await;
    running.await??;
    if let Some(worker_task) = worker_task {
        worker_task.await?;
    }
    app.close().await;
    Ok(())
}

/// Waits until every accepted request has its response. The server's own shutdown ends each thread
/// as soon as that thread is idle. The database connections that it opened end with it, although
/// other threads use them.
async fn drain(app: &App) {
    tokio::time::sleep(SETTLE).await;
    let idle = async {
        while !app.metrics.is_idle() {
            tokio::time::sleep(SETTLE / 10).await;
        }
    };
    if tokio::time::timeout(GRACE, idle).await.is_err() {
        tracing::warn!("requests are still in flight after the grace period; the program stops");
    }
}

/// Runs jobs only. Returns when the process is told to stop.
///
/// # Errors
/// If the installation cannot be used.
pub async fn worker(settings: Settings) -> anyhow::Result<()> {
    tracing::info!(settings = settings.origin(), "starting");
    let public_url = settings
        .public_url_setting
        .as_ref()
        .map_or_else(|| format!("http://{}", settings.listen), ToString::to_string);
    let app = setup(&settings, public_url).await?.app;
    let worker = build_worker(&settings, &app)?;
    handover::notify_ready();
    let signal = async {
        let outcome = wait_for_stop(None).await;
        handover::notify_stopping();
        app.stopping.cancel();
        outcome.map(|_| ())
    };
    let ((), outcome) = tokio::join!(worker.run(app.stopping.clone()), signal);
    app.close().await;
    outcome
}

fn build_worker(settings: &Settings, app: &App) -> anyhow::Result<Worker> {
    Ok(Worker::new(app.clone(), Mailer::from_settings(settings)?)
        .with_ftp_accounts(settings.ftp_accounts_file.clone()))
}

/// Waits until this process has to stop: `SIGHUP` starts a new process, which replaces this one
/// when it is ready, and `SIGTERM` and `SIGINT` stop both. Returns whether a new process has
/// replaced this one.
async fn wait_for_stop(listener: Option<&TcpListener>) -> anyhow::Result<bool> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let mut ready = signal(handover::ready_signal())?;
    let mut successor = Successor::default();
    loop {
        tokio::select! {
            // A request to stop wins over a successor that becomes ready at the same time.
            biased;
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
            _ = ready.recv() => {
                if successor.is_starting() {
                    return Ok(true);
                }
            }
            _ = hangup.recv() => successor.start(listener),
            () = successor.watch() => {}
        }
    }
    successor.stop();
    Ok(false)
}
