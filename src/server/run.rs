//! `clientele serve` and `clientele worker`: running until told to stop, and stopping cleanly.

use super::handover::{self, Successor};
use super::open_files;
use super::{Limits, Options, build};
use actix_web::cookie::Key;
use cli::admin;
use cli::setup::{Setup, setup};
use config::Settings;
use mail::Mailer;
use services::app::App;
use std::net::TcpListener;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use web::metrics::Token;
use worker::Worker;

/// How long the thread that takes connections needs to hear that it should not.
const HEARD: Duration = Duration::from_millis(20);
/// How long a connection that was accepted may take to reach a thread that answers it.
const SETTLE: Duration = Duration::from_millis(250);
/// How long requests may take that are under way when the program is told to stop.
const GRACE: Duration = Duration::from_secs(20);

/// Migrates, creates the first admin, listens and, unless told otherwise, runs jobs; returns when
/// the process is told to stop.
///
/// # Errors
/// When the installation or the address cannot be used.
pub async fn serve(settings: Settings, with_worker: bool) -> anyhow::Result<()> {
    tracing::info!(settings = settings.origin(), "starting");
    open_files::raise();
    let (listener, is_own) = handover::listener(&settings.listen.to_string())?;
    let bound = listener.local_addr()?;
    let public_url = settings.public_url(bound);
    let Setup { app, key } = setup(&settings, public_url.to_string()).await?;
    if let Some(password) = admin::first_start(&app).await? {
        println!(
            "\n  The first admin was made. This password is shown only now:\n\n    login name  admin\n    password    {}\n",
            password.expose()
        );
    }
    let worker = with_worker.then(|| make_worker(&settings, &app)).transpose()?;
    let working = worker.map(|worker| {
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
            connections: open_files::connections(),
            ..Limits::default()
        },
    };
    let server = build(app.clone(), listener.try_clone()?, options)?;
    println!("Clientele answers on http://{bound}");
    tracing::info!(address = %bound, public_url = %public_url, "listening");
    let handle = server.handle();
    let running = actix_web::rt::spawn(server);
    handover::ready();
    let is_replaced = stop_signal(Some(&listener)).await?;
    tracing::info!("stopping: no new requests, those in flight are finished");
    handover::stopping();
    app.stopping.cancel();
    handle.pause().await;
    if is_own && !is_replaced {
        // Nobody takes connections from the queue any more: whoever comes now is to ask elsewhere
        // at once. A new process shares the socket, and so does systemd, which keeps it for the
        // next one. The thread that takes them hears of it first, or it would log an error about
        // its socket.
        tokio::time::sleep(HEARD).await;
        rustix::net::shutdown(&listener, rustix::net::Shutdown::Both).ok();
    }
    drop(listener);
    drain(&app).await;
    handle.stop(true).await;
    running.await??;
    if let Some(working) = working {
        working.await?;
    }
    app.close().await;
    Ok(())
}

/// Waits until every request that was taken is answered. The server's own way of stopping ends each
/// thread as soon as that one has nothing to do, and with it the database connections which it
/// opened and others use.
async fn drain(app: &App) {
    tokio::time::sleep(SETTLE).await;
    let idle = async {
        while !app.metrics.is_idle() {
            tokio::time::sleep(SETTLE / 10).await;
        }
    };
    if tokio::time::timeout(GRACE, idle).await.is_err() {
        tracing::warn!("requests are still under way; the program ends nevertheless");
    }
}

/// Runs jobs only; returns when the process is told to stop.
///
/// # Errors
/// When the installation cannot be used.
pub async fn worker(settings: Settings) -> anyhow::Result<()> {
    tracing::info!(settings = settings.origin(), "starting");
    let public_url = settings
        .given_public_url
        .as_ref()
        .map_or_else(|| format!("http://{}", settings.listen), ToString::to_string);
    let app = setup(&settings, public_url).await?.app;
    let worker = make_worker(&settings, &app)?;
    handover::ready();
    let signal = async {
        let outcome = stop_signal(None).await;
        handover::stopping();
        app.stopping.cancel();
        outcome.map(|_| ())
    };
    let ((), outcome) = tokio::join!(worker.run(app.stopping.clone()), signal);
    app.close().await;
    outcome
}

fn make_worker(settings: &Settings, app: &App) -> anyhow::Result<Worker> {
    Ok(Worker::new(app.clone(), Mailer::from_settings(settings)?)
        .with_ftp_accounts(settings.ftp_accounts_file.clone()))
}

/// Waits until somebody asks for the end; gives whether a new process takes this one's place, which
/// `SIGHUP` asks for.
async fn stop_signal(listener: Option<&TcpListener>) -> anyhow::Result<bool> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let successor = Successor::default();
    loop {
        tokio::select! {
            _ = terminate.recv() => return Ok(successor.is_there()),
            _ = interrupt.recv() => return Ok(false),
            _ = hangup.recv() => successor.start(listener),
        }
    }
}
