//! `clientele demo`: fills an empty database with invented data.

use super::setup;
use crate::terminal::{counted, say};
use config::Settings;
use domain::fault::Code;
use services::app::App;
use services::{Command, ServiceError, admins, demo, passwords};
use std::process::ExitCode;
use std::time::Instant;

pub(super) async fn run(customers: u64, settings: Settings) -> anyhow::Result<ExitCode> {
    let app = setup::setup(&settings, String::new()).await?.app;
    let outcome = fill(&app, customers).await;
    // What is in the log goes into the file, so that the next start is a quick one.
    app.close().await;
    match outcome {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(ServiceError::Refused(fault)) if fault.code == Code::DemoNotEmpty => {
            eprintln!(
                "clientele: this database has customers; invented ones only go into an empty one"
            );
            Ok(ExitCode::from(2))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn fill(app: &App, customers: u64) -> Result<(), ServiceError> {
    let begun = Instant::now();
    let settings = app.look().await?.settings;
    // One password for all, so that it is hashed once and not a hundred thousand times.
    let password = passwords::prepare(&app.env, &settings, "password", None, None).await?;
    let origin = setup::origin();
    let had_admin = admins::any(app).await?;
    let mut inventor = app
        .change(&origin, async |cmd: Command<'_>| demo::begin(cmd, customers, &password).await)
        .await?;
    loop {
        let batch = inventor.batch();
        if batch.is_empty() {
            break;
        }
        app.change(&origin, async |cmd: Command<'_>| demo::load(cmd, &batch, &password).await)
            .await?;
        let (done, all) = inventor.progress();
        eprintln!("{done} of {}", counted(all, "customer", "customers"));
    }
    demo::settle(app).await?;
    let (admins, resellers) = demo::names(app.look().await?.view()).await?;
    say!(
        "{} in {:.1} seconds.",
        counted(customers, "invented customer", "invented customers"),
        begun.elapsed().as_secs_f32()
    );
    say!("All accounts that were made have the same password: {}", password.plain.expose());
    say!("Resellers to sign in as: {}", resellers.join(", "));
    if had_admin {
        say!("The admin {} keeps his own password.", admins.join(", "));
    } else {
        say!("Admin to sign in as: {}", admins.join(", "));
    }
    Ok(())
}
