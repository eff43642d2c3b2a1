//! `clientele serve` and `clientele worker`: running until told to stop, and stopping cleanly.

use super::admin;
use super::setup::{Setup, setup};
use crate::app::App;
use crate::mail::Mailer;
use crate::server::{self, Options};
use crate::settings::Settings;
use crate::worker::Worker;
use actix_web::cookie::Key;
use anyhow::Context as _;
use std::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Migrates, makes the first admin, listens, works.
pub(super) async fn serve(settings: Settings, with_worker: bool) -> anyhow::Result<()> {
    let address = settings.listen.to_string();
    let listener = TcpListener::bind(&address).with_context(|| format!("cannot listen on {address}"))?;
    let bound = listener.local_addr()?;
    let public_url = settings.public_url(bound);
    let Setup { app, key } = setup(&settings, public_url.to_string()).await?;
    if let Some(password) = admin::first_start(&app).await? {
        println!(
            "\n  The first admin was made. This password is shown only now:\n\n    login name  admin\n    password    {}\n",
            password.expose()
        );
    }
    let stopping = CancellationToken::new();
    let worker = with_worker.then(|| make_worker(&settings, &app)).transpose()?;
    let working = worker.map(|worker| {
        let stopping = stopping.clone();
        actix_web::rt::spawn(async move { worker.run(stopping).await })
    });
    let cookie_key = Key::from(key.derive::<64>("clientele cookies 1").as_slice());
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let server = server::build(app.clone(), listener, Options { cookie_key, https: public_url.is_https(), workers })?;
    println!("Clientele answers on http://{bound}");
    tracing::info!(address = %bound, public_url = %public_url, "listening");
    let handle = server.handle();
    let running = actix_web::rt::spawn(server);
    stop_signal().await?;
    tracing::info!("stopping: no new requests, those in flight are finished");
    stopping.cancel();
    handle.stop(true).await;
    running.await??;
    if let Some(working) = working {
        working.await?;
    }
    app.db.close().await;
    Ok(())
}

/// Runs jobs only.
pub(super) async fn worker(settings: Settings) -> anyhow::Result<()> {
    let public_url = settings.given_public_url.as_ref().map_or_else(|| format!("http://{}", settings.listen), ToString::to_string);
    let app = setup(&settings, public_url).await?.app;
    let worker = make_worker(&settings, &app)?;
    let stopping = CancellationToken::new();
    let signal = async {
        let outcome = stop_signal().await;
        stopping.cancel();
        outcome
    };
    let ((), outcome) = tokio::join!(worker.run(stopping.clone()), signal);
    app.db.close().await;
    outcome
}

fn make_worker(settings: &Settings, app: &App) -> anyhow::Result<Worker> {
    Ok(Worker::new(app.clone(), Mailer::from_settings(settings)?).with_ftp_accounts(settings.ftp_accounts_file.clone()))
}

async fn stop_signal() -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
